import { invalidRequest } from '#shared/oauth/errors.ts'

export type Prompt = 'none' | 'login' | 'consent' | 'select_account'

export const prompts: readonly Prompt[] = ['none', 'login', 'consent', 'select_account']

/**
 * Reads `prompt` into the set of its words; `none` stands alone.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 * @param presented unverified
 * @throws ProtocolError `invalid_request`
 */
export function parsePrompt(presented: string | undefined): ReadonlySet<Prompt> {
  const words = presented === undefined ? [] : presented.split(' ')
  const known = words.map((word) => {
    const prompt = prompts.find((candidate) => candidate === word)
    if (prompt === undefined) {
      throw invalidRequest('oidc/prompt/unknown', 'prompt holds a value that is not supported')
    }
    return prompt
  })
  if (known.includes('none') && known.length > 1) {
    throw invalidRequest('oidc/prompt/none-with-others', 'prompt none must stand alone')
  }
  return new Set(known)
}
