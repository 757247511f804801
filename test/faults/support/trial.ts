import type { FaultRule, FunctionCall } from '#local/faults.ts'
import type { LocalCloud } from '#local/start.ts'
import { newTraceRoot } from '#local/trace.ts'
import { type CallKind, kindOf, nameOf } from './call-kind.ts'
import type { Flow } from './flow.ts'
import { type Answer, type Standpoint, shown } from './viewer.ts'
import { Visitor } from './visitor.ts'
import { Disturbed, undisturbed, Watch } from './watch.ts'

/** What befalls one call of a flow. */
export interface Misfortune {
  readonly title: string
  /** Each takes over where the one before has ended. */
  readonly faults: readonly Partial<FaultRule>[]
  /** Of which calls; of all without it. */
  readonly of?: 'reads' | 'writes'
  /** True when the SDK's own retries must make up for it. */
  readonly isTransient?: true
  /** It takes time, and nothing of the machine. */
  readonly waits?: true
  /** The instance is killed while the call is under way. */
  readonly kills?: true
}

/** A call that a flow makes, and on what instance it does. */
export interface Call {
  readonly name: string
  readonly kind: CallKind
  /** Of the calls of its kind, counted from 1. */
  readonly nth: number
  /** True for a call that only a cold instance makes. */
  readonly isCold: boolean
}

/** What came of one request under a fault, and of the same request once the fault was lifted. */
export interface Trial {
  readonly answer: Answer
  readonly repeated: Answer
  readonly address: string
  readonly repeatedFrom: string
  /** Whether each success was any good; true where there was none. */
  readonly proved: boolean
}

let addresses = 0

/** An address of loopback that nobody has had. */
function nextAddress(): string {
  addresses += 1
  return `127.1.${addresses >> 8}.${addresses & 255}`
}

const nextStandpoint = (): Required<Standpoint> => ({
  address: nextAddress(),
  trace: newTraceRoot(new Date()),
})

/** The SDK tries three times, and no more often than it has to. */
const attemptsAfter = (faults: readonly Partial<FaultRule>[]): number =>
  Math.min(3, 1 + faults.reduce((sum, { times = 3 }) => sum + times, 0))

const numbered = (calls: readonly FunctionCall[], isCold: boolean): readonly Call[] => {
  const counts = new Map<string, number>()
  return calls.map((call) => {
    const kind = kindOf(call)
    const name = nameOf(kind)
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    return { name, kind, nth, isCold }
  })
}

/**
 * A request that meets no fault, or none that lasts, is answered with 503 only when the machine is slower
 * than the clients' patience; a product that does so would do it every time.
 *
 * @throws Disturbed
 */
function verifyPatient({ status, headers, body }: Answer): void {
  const isTold = headers['location']?.includes('error=temporarily_unavailable')
  if (status === 503 || isTold) throw new Disturbed(`a 503 that nothing accounts for: ${body}`)
}

/** One flow at one tenant, put to the test again and again. */
export class Subject {
  readonly #cloud: LocalCloud
  readonly #flow: Flow
  readonly #tenant: string
  #signedIn: Promise<Visitor> | undefined

  constructor(cloud: LocalCloud, flow: Flow, tenant: string) {
    this.#cloud = cloud
    this.#flow = flow
    this.#tenant = tenant
  }

  /** The AWS calls of the flow without a fault, those that only a cold instance makes first. */
  async calls(): Promise<readonly Call[]> {
    const cold = numbered(await this.#record(true), true)
    const warm = numbered(await this.#record(false), false)
    const isWarm = ({ name, nth }: Call) => warm.some((one) => one.name === name && one.nth === nth)
    return [...cold.filter((call) => !isWarm(call)), ...warm]
  }

  /** Runs the flow with a fault at one of its calls, then the same request again without. */
  trial(call: Call, misfortune: Misfortune): Promise<Trial> {
    return undisturbed(async () => {
      const visitor = await this.#visitor()
      const sent = await this.#flow.prepare(visitor)
      const under = nextStandpoint()
      const answer = await this.#underFault(call, misfortune, under.trace, () =>
        visitor.ask(sent, under),
      )
      const isGood = await this.#proves(visitor, answer)
      const later = nextStandpoint()
      const watch = new Watch(this.#cloud, later.trace)
      const repeated = await visitor.ask(sent, later)
      watch.end()
      verifyPatient(repeated)
      const proved = isGood && (await this.#proves(visitor, repeated))
      return { answer, repeated, address: under.address, repeatedFrom: later.address, proved }
    })
  }

  /** Before the request is repeated: a replay takes away what the first one gave. */
  async #proves(visitor: Visitor, answer: Answer): Promise<boolean> {
    const { succeeds, proves } = this.#flow
    return proves === undefined || !succeeds(answer) || (await proves(visitor, answer))
  }

  /** Whoever is signed in already can be shared; others are new every time. */
  #visitor(): Promise<Visitor> {
    const { origin } = this.#cloud
    const visitor = () => new Visitor(origin, this.#tenant, { address: nextAddress() })
    if (!this.#flow.isSignedIn) return Promise.resolve(visitor())
    const signIn = async () => {
      const person = visitor()
      await person.signIn()
      return person
    }
    this.#signedIn ??= signIn().catch((error) => {
      this.#signedIn = undefined
      throw error
    })
    return this.#signedIn
  }

  #record(isCold: boolean): Promise<readonly FunctionCall[]> {
    return undisturbed(async () => {
      const visitor = await this.#visitor()
      const sent = await this.#flow.prepare(visitor)
      const standpoint = nextStandpoint()
      const watch = new Watch(this.#cloud, standpoint.trace)
      if (isCold) this.#cloud.functions.startCold(standpoint.trace)
      const answer = await visitor.ask(sent, standpoint)
      watch.end()
      verifyPatient(answer)
      if (this.#flow.succeeds(answer)) return watch.calls
      throw new Error(`${this.#flow.name} fails by itself: ${answer.status} ${answer.body}`)
    })
  }

  async #underFault(
    { name, kind, nth, isCold }: Call,
    { faults, kills, isTransient }: Misfortune,
    trace: string,
    ask: () => Promise<Answer>,
  ): Promise<Answer> {
    const { aws, functions } = this.#cloud
    const ids = faults.map((fault) => aws.faults.set({ ...fault, ...kind, trace, nth }).id)
    const kill = (watch: Watch) => {
      if (watch.find(name, nth)) void functions.kill({ function: this.#flow.endpoint, trace })
    }
    const watch = new Watch(this.#cloud, trace, kills && kill)
    if (isCold) functions.startCold(trace)
    const answer = await ask()
    for (const id of ids) aws.faults.clear(id)
    const met = watch.find(name, nth)
    watch.end(met)
    if (met === undefined)
      throw new Disturbed(`call ${nth} of ${name} was not made: ${shown(answer)}`)
    const wanted = kills ? 1 : attemptsAfter(faults)
    if (watch.attemptsOf(met) !== wanted) throw new Disturbed('not every attempt arrived in time')
    if (isTransient) verifyPatient(answer)
    return answer
  }
}
