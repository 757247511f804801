export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL'

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
}

/** Keeps the last lines in memory. */
export function createLog(onLine: (line: LogLine) => void = () => {}, capacity = 1000): Log {
  const lines: LogLine[] = []
  return {
    append(line) {
      lines.push(line)
      if (lines.length > capacity) lines.shift()
      onLine(line)
    },
    lines: () => lines,
  }
}

/** Gives back the object that a structured logger has printed; any other text stays text. */
export function parseMessage(text: string): unknown {
  if (!text.startsWith('{')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
