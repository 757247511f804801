import type { FaultRule } from '#local/faults.ts'
import type { LocalCloud } from '#local/start.ts'
import { newTraceRoot } from '#local/trace.ts'
import type { Flow } from './flows.ts'
import type { Answer, Standpoint } from './viewer.ts'
import { Visitor } from './visitor.ts'
import { Disturbed, undisturbed, Watch } from './watch.ts'

/** What befalls one call of a flow. */
export interface Misfortune {
  readonly title: string
  /** Each takes over where the one before has ended. */
  readonly faults: readonly Partial<FaultRule>[]
  /** For the calls that write alone. */
  readonly isOfWrites?: true
  /** True when the SDK's own retries must make up for it. */
  readonly isTransient?: true
  /** The instance is killed while the call is under way. */
  readonly kills?: true
}

/** A call that a flow makes, and on what instance it does. */
export interface Call {
  readonly name: string
  /** Counted from 1. */
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

const timesOf = (faults: readonly Partial<FaultRule>[]): number =>
  faults.reduce((sum, { times = Number.POSITIVE_INFINITY }) => sum + times, 0)

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

  /** The AWS calls of the flow without a fault, those of a cold instance first. */
  async calls(): Promise<readonly Call[]> {
    const cold = await this.#record(true)
    const warm = await this.#record(false)
    const left = [...warm]
    const onlyCold = cold.map((name, index) => {
      const at = left.indexOf(name)
      if (at >= 0) left.splice(at, 1)
      return at >= 0 ? [] : [{ name, nth: index + 1, isCold: true }]
    })
    const always = warm.map((name, index) => ({ name, nth: index + 1, isCold: false }))
    return [...onlyCold.flat(), ...always]
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
      const later = nextStandpoint()
      const watch = this.#watch(later.trace)
      const repeated = await visitor.ask(sent, later)
      watch.verifyUndisturbed()
      const success = [answer, repeated].find(this.#flow.succeeds)
      const proved =
        success === undefined || (await this.#flow.proves?.(visitor, success)) !== false
      return { answer, repeated, address: under.address, repeatedFrom: later.address, proved }
    })
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

  #record(isCold: boolean): Promise<readonly string[]> {
    return undisturbed(async () => {
      const visitor = await this.#visitor()
      const sent = await this.#flow.prepare(visitor)
      const standpoint = nextStandpoint()
      const watch = this.#watch(standpoint.trace)
      if (isCold) this.#cool()
      const answer = await visitor.ask(sent, standpoint)
      watch.verifyUndisturbed()
      if (this.#flow.succeeds(answer)) return watch.names
      throw new Error(`${this.#flow.name} fails by itself: ${answer.status} ${answer.body}`)
    })
  }

  async #underFault(
    { name, nth, isCold }: Call,
    { faults, kills }: Misfortune,
    trace: string,
    ask: () => Promise<Answer>,
  ): Promise<Answer> {
    const { aws, functions } = this.#cloud
    const ids = faults.map((fault) => aws.faults.set({ ...fault, trace, nth }).id)
    const kill = () => void functions.kill({ function: this.#flow.endpoint, trace })
    const watch = this.#watch(trace, nth, kills && kill)
    if (isCold) this.#cool()
    const answer = await ask()
    for (const id of ids) aws.faults.clear(id)
    watch.verifyUndisturbed(timesOf(faults))
    if (watch.names[nth - 1] === name) return answer
    throw new Disturbed('the instance was colder or warmer than meant')
  }

  #watch(trace: string, nth?: number, onNth?: () => void): Watch {
    return new Watch(this.#cloud, trace, nth, onNth)
  }

  /** From this moment on no instance is warm; waiting for their end would let others become so. */
  #cool(): void {
    void this.#cloud.functions.kill({ function: this.#flow.endpoint, idle: true })
  }
}
