import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * How a tenant says that clients may come by themselves; nothing where they may not.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8414#section-2
 * @spec https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.html#section-6
 */
export const registrationOffer = ({ issuer, settings: { selfRegistration } }: Tenant) => ({
  ...(selfRegistration?.endpoint !== undefined && {
    registration_endpoint: `${issuer}/oauth2/register`,
  }),
  ...(selfRegistration?.documentHosts !== undefined && {
    client_id_metadata_document_supported: true,
  }),
})
