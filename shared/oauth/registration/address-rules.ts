import { type DecidingMetadata, type MetadataRule, uses } from './metadata-rule.ts'
import { takesTokensOnTheWeb } from './redirect-uri-registration.ts'

/** Subjects are the same for the hosts of one sector; which one that is must not be guessed. */
const hostsOf = ({ redirect_uris: uris }: DecidingMetadata): ReadonlySet<string> =>
  new Set(uris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).host))

const originOf = (uri: string): string | undefined => URL.parse(uri)?.origin

/** @spec https://openid.net/specs/openid-connect-frontchannel-1_0.html#RPLogout */
const isForeign = (uri: string, { redirect_uris: own }: DecidingMetadata): boolean =>
  !own.some((each) => originOf(each) === originOf(uri))

/** Addresses are there where something is sent to them, and are the client's own. */
export const addressRules: readonly MetadataRule[] = [
  {
    at: 'sector_identifier_uri',
    message: 'is missing: pairwise subjects of redirect_uris with several hosts need one',
    isBroken: (metadata) =>
      metadata.subject_type === 'pairwise' &&
      metadata.sector_identifier_uri === undefined &&
      hostsOf(metadata).size !== 1,
  },
  {
    at: 'frontchannel_logout_uri',
    message: 'must have the scheme, host and port of one of the redirect_uris',
    isBroken: (metadata) =>
      metadata.frontchannel_logout_uri !== undefined &&
      isForeign(metadata.frontchannel_logout_uri, metadata),
  },
  {
    at: 'backchannel_client_notification_endpoint',
    message: 'is missing: the delivery mode ping needs one',
    isBroken: (metadata) =>
      metadata.backchannel_token_delivery_mode === 'ping' &&
      metadata.backchannel_client_notification_endpoint === undefined,
  },
  {
    at: 'redirect_uris',
    message: 'must hold at least one URI with the grant types authorization_code and implicit',
    isBroken: (metadata) =>
      metadata.redirect_uris.length === 0 &&
      (uses(metadata, 'authorization_code') || uses(metadata, 'implicit')),
  },
  {
    at: 'redirect_uris',
    message: 'must be https, and not on localhost, for a web client with the grant type implicit',
    isBroken: (metadata) =>
      metadata.application_type === 'web' &&
      uses(metadata, 'implicit') &&
      !metadata.redirect_uris.every(takesTokensOnTheWeb),
  },
]
