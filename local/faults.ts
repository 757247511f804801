import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { faultError } from './fault-errors.ts'
import type { AwsResponse } from './services/service.ts'

/** `delay` and `drop-response` carry the call out, `throttle` and `fail` do not. */
export const faultKinds = ['throttle', 'delay', 'drop-response', 'fail'] as const

const positive = z.coerce.number().int().min(1)

/** Which calls a fault meets, every part that is absent meeting any, and what it does to them. */
const faultRule = z.strictObject({
  function: z.string().optional(),
  service: z.string().optional(),
  /** As the API names it, such as `GetItem`. */
  action: z.string().optional(),
  /** A text that the call's input, as JSON, holds: of a key, say. */
  about: z.string().optional(),
  /** Root of a trace: only calls made for this one request. */
  trace: z.string().optional(),
  /** Only this one of the matching calls, counted from 1; an attempt to repeat a call is the same call. */
  nth: positive.optional(),
  fault: z.enum(faultKinds),
  /** How many attempts it meets at most; without it, all until it is cleared. */
  times: positive.optional(),
  /** Length of a delay; the client's own timeout is shorter than the default. */
  milliseconds: z.coerce.number().int().min(0).max(60_000).default(3000),
})

export type FaultRule = z.infer<typeof faultRule>

/** A rule in force. */
export interface ActiveFault extends FaultRule {
  readonly id: string
  /** How many attempts it has met. */
  readonly hits: number
}

/** One attempt of a function to call AWS. */
export interface FunctionCall {
  readonly function: string
  readonly service: string
  readonly action: string
  readonly input: Readonly<Record<string, unknown>>
  readonly trace: string | undefined
  /** The same for every attempt of one call. */
  readonly invocation: string
  /** Counted from 1. */
  readonly attempt: number
}

/** Thrown where the call was carried out and nobody is to hear of it. */
export class ResponseDropped extends Error {}

export interface Faults {
  /** @param request a `FaultRule` without its defaults, unverified; @throws ZodError */
  set(request: unknown): ActiveFault
  /** Ends one fault, or all. */
  clear(id?: string): void
  list(): readonly ActiveFault[]
  /** Serves a call, as far as the faults in force let it be served. */
  meet(call: FunctionCall, serve: () => Promise<AwsResponse>): Promise<AwsResponse>
}

/** Throttles, delays, fails or loses the answers of the calls that the rules in force name. */
export function createFaults(): Faults {
  const inForce = new Map<string, ReturnType<typeof watch>>()
  return {
    set(request) {
      const fault = watch(faultRule.parse(request))
      inForce.set(fault.shown().id, fault)
      return fault.shown()
    },
    clear(id) {
      if (id === undefined) inForce.clear()
      else inForce.delete(id)
    },
    list: () => [...inForce.values()].map(({ shown }) => shown()),
    meet(call, serve) {
      // Every rule sees every call, for it counts them.
      const met = [...inForce.values()].filter(({ sees }) => sees(call))
      const found = met.find(({ take }) => take())
      return found === undefined ? serve() : act(found.shown(), call, serve)
    },
  }
}

/** Counts what matches one rule. */
function watch(rule: FaultRule) {
  const id = randomUUID()
  let calls = 0
  let hits = 0
  let target: string | undefined
  return {
    shown: (): ActiveFault => ({ ...rule, id, hits }),
    sees(call: FunctionCall): boolean {
      if (!matches(rule, call)) return false
      if (rule.nth === undefined) return true
      if (call.attempt === 1) calls += 1
      if (call.attempt === 1 && calls === rule.nth) target = call.invocation
      return call.invocation === target
    },
    take(): boolean {
      if (rule.times !== undefined && hits >= rule.times) return false
      hits += 1
      return true
    },
  }
}

const criteria = ['function', 'service', 'action', 'trace'] as const

const matches = (rule: FaultRule, call: FunctionCall): boolean =>
  criteria.every((name) => rule[name] === undefined || rule[name] === call[name]) &&
  (rule.about === undefined || JSON.stringify(call.input).includes(rule.about))

async function act(
  { fault, milliseconds }: FaultRule,
  { service }: FunctionCall,
  serve: () => Promise<AwsResponse>,
): Promise<AwsResponse> {
  switch (fault) {
    case 'throttle':
    case 'fail':
      throw faultError(fault, service)
    case 'delay':
      await pause(milliseconds)
      return serve()
    case 'drop-response':
      await serve().catch(() => undefined)
      throw new ResponseDropped()
  }
}
