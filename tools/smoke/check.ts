import type { Journey } from './journey.ts'
import type { SmokeOptions } from './options.ts'

/** What a check is made with. */
export interface Scene {
  readonly options: SmokeOptions
  /** One sign-in, taken as far as the checks ask for. */
  readonly journey: Journey
}

/** What the caller must have given for a check to be possible. */
export type Need = 'https' | 'user' | 'execute-api'

/** One thing that is true of a deployed system, seen from outside. */
export interface Check {
  readonly name: string
  readonly needs?: Need
  /** Answers what is worth showing. @throws Error saying what is not as it should be */
  readonly run: (scene: Scene) => Promise<string | undefined>
}

/** @throws Error with the problem, unless the condition holds */
export function must(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(problem)
}

const reasons: Readonly<Record<Need, string>> = {
  https: 'the issuer does not speak https',
  user: 'no user and client were given: --user, --client, --redirect-uri, SMOKE_PASSWORD',
  'execute-api': 'no --execute-api was given',
}

/** Why a check cannot be made with these options, or `undefined` when it can. */
export function reasonToSkip({ needs }: Check, options: SmokeOptions): string | undefined {
  if (needs === undefined) return undefined
  const isThere: Readonly<Record<Need, boolean>> = {
    https: options.issuer.startsWith('https://'),
    user: options.visitor !== undefined,
    'execute-api': options.executeApi !== undefined,
  }
  return isThere[needs] ? undefined : reasons[needs]
}
