import { z } from 'zod'
import { keyManagementAlgorithms, signingAlgorithms } from '#shared/jose/algorithms.ts'
import { problemOfJwk } from './client-key.ts'

/** Longer than the public key of any kind that we take. */
const text = z.string().min(1).max(4096)

/** One key; members we do not know are ignored, as RFC 7517 section 4 asks. */
const jwk = z
  .looseObject({
    kty: z.enum(['RSA', 'EC', 'OKP', 'AKP']),
    kid: text.max(1024).exactOptional(),
    use: z.enum(['sig', 'enc']).exactOptional(),
    alg: z.enum([...signingAlgorithms, ...keyManagementAlgorithms]).exactOptional(),
    n: text.exactOptional(),
    e: text.exactOptional(),
    crv: text.exactOptional(),
    x: text.exactOptional(),
    y: text.exactOptional(),
    pub: text.exactOptional(),
  })
  .superRefine((key, report) => {
    const message = problemOfJwk(key)
    if (message !== undefined) report.addIssue({ code: 'custom', message })
  })

/** @spec https://www.rfc-editor.org/rfc/rfc7517#section-5 */
export const clientJwks = z
  .strictObject({ keys: z.array(jwk).min(1).max(10) })
  .superRefine(({ keys }, report) => {
    if (keys.length === 1) return
    const kids = keys.map((key) => key.kid)
    kids.forEach((kid, at) => {
      if (kid === undefined || kids.indexOf(kid) < at) {
        report.addIssue({
          code: 'custom',
          path: ['keys', at, 'kid'],
          message: 'must be given, and different, for each of several keys',
        })
      }
    })
  })
