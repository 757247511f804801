import { z } from 'zod'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { SelfRegistration } from './self-registration.ts'

const hosts = z
  .array(
    z
      .string()
      .max(253)
      .regex(
        /^(?:\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])$/,
        'must be a host in small letters, *. before a domain, or *',
      ),
  )
  .min(1)
  .max(200)

const names = z
  .array(
    z
      .string()
      .max(128)
      .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/),
  )
  .min(1)
  .max(200)

/** What clients that come by themselves may be like. */
export const registrationPolicy = {
  scopes: names
    .exactOptional()
    .describe(
      'The scopes that they may have. Without it, those of OpenID Connect: openid, profile, email, address, phone, offline_access.',
    ),
  grantTypes: names
    .exactOptional()
    .describe(
      'The grant types that they may use. Without it, authorization_code and refresh_token.',
    ),
  redirectHosts: hosts
    .exactOptional()
    .describe('The hosts of their redirect_uris, such as *.example.com. Without it, any.'),
}

const statementIssuer = z.strictObject({
  issuer: z.string().min(1).max(2048).describe('The iss of its software statements.'),
  jwksUri: z.url().max(2048).describe('Where it publishes the keys that it signs with.'),
})

/** The setting that lets clients come by themselves. */
export const selfRegistrationSettings = z.strictObject({
  endpoint: z
    .enum(['open', 'restricted'])
    .exactOptional()
    .describe(
      'Dynamic registration (RFC 7591): open lets anybody register, as fast as the rate allows; restricted wants an initial access token or a software statement. Without it, there is no such endpoint.',
    ),
  softwareStatementIssuers: z.array(statementIssuer).min(1).max(20).exactOptional(),
  metadataDocumentHosts: hosts
    .exactOptional()
    .describe(
      'The hosts whose Client ID Metadata Documents make clients, such as claude.ai; * for every host. Without it, none.',
    ),
  ...registrationPolicy,
})

export const toSelfRegistration = (
  declared: z.output<typeof selfRegistrationSettings>,
): SelfRegistration => {
  const { softwareStatementIssuers, metadataDocumentHosts, ...policy } = declared
  return withoutAbsent({
    ...policy,
    statementIssuers: softwareStatementIssuers,
    documentHosts: metadataDocumentHosts,
  })
}
