import { invalidDpopProof } from '../errors.ts'

/**
 * Writes the key that was proved with an authorization request into it, so that its code is bound to it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-10.1
 * @param request a query
 * @param jkt thumbprint of the key, `undefined` when none was proved
 * @throws ProtocolError `invalid_dpop_proof` when the request names another key
 */
export function withProvenKey(request: string, jkt: string | undefined): string {
  if (jkt === undefined) return request
  const parameters = new URLSearchParams(request)
  const named = parameters.get('dpop_jkt') ?? ''
  if (named !== '' && named !== jkt) {
    throw invalidDpopProof('oauth/dpop/other-key', 'dpop_jkt is not the key of the DPoP proof')
  }
  parameters.set('dpop_jkt', jkt)
  return parameters.toString()
}
