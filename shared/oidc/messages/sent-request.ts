import {
  readSentParameters,
  type SentParameters,
} from '#shared/oauth/authorization/sent-parameters.ts'

export type SentAuthorizationRequest = SentParameters

/** Reads the query or form of an authorization request. */
export const readSentRequest = (text: string): SentAuthorizationRequest =>
  readSentParameters(new URLSearchParams(text))
