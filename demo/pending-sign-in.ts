/** What the app remembers between sending the user away and their return. */
export interface PendingSignIn {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

const storageKey = 'pending-sign-in'

/** One sign-in a tab; a second one in the same tab replaces the first. */
export const rememberSignIn = (pending: PendingSignIn): void =>
  sessionStorage.setItem(storageKey, JSON.stringify(pending))

/** Gives it back once: the verifier of a code that was sent is of no more use. */
export function takeSignIn(): PendingSignIn | undefined {
  const text = sessionStorage.getItem(storageKey)
  sessionStorage.removeItem(storageKey)
  const pending: unknown = text === null ? undefined : JSON.parse(text)
  return isPendingSignIn(pending) ? pending : undefined
}

const isPendingSignIn = (value: unknown): value is PendingSignIn =>
  typeof value === 'object' &&
  value !== null &&
  'state' in value &&
  'nonce' in value &&
  'codeVerifier' in value
