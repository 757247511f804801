const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const

export type LogLevel = (typeof levels)[number]

/** One line of a function's log, in the shape of Lambda's JSON log format. */
export interface LogLine {
  readonly timestamp: string
  readonly level: LogLevel
  readonly function: string
  readonly requestId?: string
  /** The text, or the object when a structured logger wrote one. */
  readonly message: unknown
}

export interface Log {
  append(line: LogLine): void
  /** Oldest first. */
  lines(): readonly LogLine[]
  /** What each function has written so far, as CloudWatch Logs charges it. */
  bytes(): Readonly<Record<string, number>>
}

/** Keeps the last lines in memory. */
export function createLog(onLine: (line: LogLine) => void = () => {}, capacity = 1000): Log {
  const lines: LogLine[] = []
  const bytes: Record<string, number> = {}
  return {
    append(line) {
      bytes[line.function] = (bytes[line.function] ?? 0) + ingestedBytes(line)
      lines.push(line)
      if (lines.length > capacity) lines.shift()
      onLine(line)
    },
    lines: () => lines,
    bytes: () => ({ ...bytes }),
  }
}

/** The log group says of which function a line is; a line with metrics has nothing around it. */
const ingestedBytes = ({ function: _, ...line }: LogLine): number =>
  Buffer.byteLength(JSON.stringify(hasMetrics(line.message) ? line.message : line))

/** CloudWatch looks for them at the top of a line, and so they are not written through `console`. */
const hasMetrics = (message: unknown): message is { readonly _aws: unknown } =>
  message instanceof Object && '_aws' in message

/** Gives back the object that a structured logger has printed; any other text stays text. */
export function parseMessage(text: string): unknown {
  if (!text.startsWith('{')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A structured logger says its own level, whichever way it prints. */
export function levelOf(message: unknown, printedAs: LogLevel): LogLevel {
  const said = message instanceof Object && 'level' in message ? String(message.level) : ''
  return levels.find((level) => level === said.toUpperCase()) ?? printedAs
}

/** What a developer wants to see at once; `undefined` for everything that went well. */
export function renderTrouble({ level, function: name, message }: LogLine): string | undefined {
  if (level !== 'ERROR' && level !== 'FATAL') return undefined
  return `${name}: ${typeof message === 'string' ? message : JSON.stringify(message)}`
}
