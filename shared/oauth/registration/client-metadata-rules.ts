import { addressRules } from './address-rules.ts'
import { credentialRules } from './credential-rules.ts'
import { problemsOfEncryption } from './encryption-metadata.ts'
import { grantRules } from './grant-rules.ts'
import type { DecidingMetadata, MetadataProblem } from './metadata-rule.ts'
import { problemOfRedirectUri } from './redirect-uri-registration.ts'

const uriLists = ['redirect_uris', 'post_logout_redirect_uris'] as const

const setLists = [...uriLists, 'grant_types', 'response_types'] as const

const problemsOfUris = (metadata: DecidingMetadata): MetadataProblem[] =>
  uriLists.flatMap((list) =>
    metadata[list].flatMap((uri, at) => {
      const message = problemOfRedirectUri(uri, metadata.application_type)
      return message === undefined ? [] : [{ path: [list, at], message }]
    }),
  )

const repetitions = (metadata: DecidingMetadata): MetadataProblem[] =>
  setLists.flatMap((list) => {
    const values: readonly string[] = metadata[list] ?? []
    return values.flatMap((value, at) =>
      values.indexOf(value) < at ? [{ path: [list, at], message: 'is listed twice' }] : [],
    )
  })

/** Lists what is wrong between the members of a client's registration metadata. */
export const problemsOfClientMetadata = (
  metadata: DecidingMetadata,
): readonly MetadataProblem[] => [
  ...[...credentialRules, ...grantRules, ...addressRules]
    .filter(({ isBroken }) => isBroken(metadata))
    .map(({ at, message }) => ({ path: [at], message })),
  ...problemsOfEncryption(metadata),
  ...problemsOfUris(metadata),
  ...repetitions(metadata),
]
