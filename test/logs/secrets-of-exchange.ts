import type { Exchange } from '#local/recording.ts'

/** Something that must not be in a log, and what it is. */
export interface Secret {
  readonly what: string
  readonly value: string
}

/** Parameters that tell nothing that a log may not hold; every other one is taken for a secret. */
const publicParameters = new Set([
  'client_id',
  'redirect_uri',
  'post_logout_redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'prompt',
  'max_age',
  'display',
  'ui_locales',
  'acr_values',
  'code_challenge_method',
  'client_assertion_type',
  'token_type_hint',
  'subject_token_type',
  'actor_token_type',
  'requested_token_type',
  'issued_token_type',
  'resource',
  'audience',
  'grant_type',
  'token_type',
  'expires_in',
  'requested_expiry',
  'error',
  'error_description',
  'iss',
  'allow',
  'deny',
  'confirm',
])

const ofParameters = (text: string): readonly Secret[] =>
  [...new URLSearchParams(text)]
    .filter(([name]) => !publicParameters.has(name))
    .map(([what, value]) => ({ what, value }))

/** A query string is a secret as a whole, and so is what it carries; a fragment is like one. */
function ofUrl(url: string): readonly Secret[] {
  const [, query] = /\?(.*)$/s.exec(url) ?? []
  const [, fragment] = /#(.*)$/s.exec(url) ?? []
  return [
    ...(query === undefined ? [] : [{ what: 'query string', value: query }]),
    ...ofParameters((query ?? '').replace(/#.*$/s, '')),
    ...ofParameters(fragment ?? ''),
  ]
}

function ofAuthorization(value: string): readonly Secret[] {
  const [scheme = '', credentials = ''] = value.split(/ +/)
  const whole = { what: 'Authorization header', value: credentials }
  if (scheme.toLowerCase() !== 'basic') return [whole]
  const pair = Buffer.from(credentials, 'base64').toString()
  if (!pair.includes(':')) return [whole]
  const secret = pair.slice(pair.indexOf(':') + 1)
  return [whole, { what: 'client_secret', value: secret }, ...decoded('client_secret', secret)]
}

function decoded(what: string, value: string): readonly Secret[] {
  try {
    return [{ what, value: decodeURIComponent(value) }]
  } catch {
    return []
  }
}

/** `name=value`, as it stands in a Cookie header and at the beginning of Set-Cookie. */
function ofCookie(pair: string): Secret {
  const separator = pair.indexOf('=')
  return { what: `cookie ${pair.slice(0, separator).trim()}`, value: pair.slice(separator + 1) }
}

function ofHeader([name, value]: readonly [string, string]): readonly Secret[] {
  switch (name) {
    case 'dpop':
    case 'oauth-client-attestation':
    case 'oauth-client-attestation-pop':
      return [{ what: name, value }]
    case 'authorization':
      return ofAuthorization(value)
    case 'cookie':
      return value.split(';').map(ofCookie)
    case 'set-cookie':
      return [ofCookie(value.split(';')[0] ?? '')]
    case 'location':
      return ofUrl(value)
    default:
      return []
  }
}

const secretMember =
  /^((access|refresh|id|registration_access)_token|client_secret|software_statement|device_code|user_code|auth_req_id|request_uri)$/

/** A token, or what is said of one, as a whole body. */
const isJwt = (body: string): boolean => /^[\w-]+(\.[\w-]*){2,4}$/.test(body)

/** The members that are secrets; what only looks like JSON was made up by a test, and has none. */
function ofJson(body: string): readonly Secret[] {
  try {
    return Object.entries(JSON.parse(body))
      .filter(([name]) => secretMember.test(name))
      .map(([what, value]) => ({ what, value: String(value) }))
  } catch {
    return []
  }
}

/** The tokens of an answer of JSON, an answer that is one, the hidden fields and the links of a page. */
function ofBody(body: string): readonly Secret[] {
  if (body.startsWith('{')) return ofJson(body)
  if (isJwt(body)) return [{ what: 'body that is a JWT', value: body }]
  const fields = [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  const links = [...body.matchAll(/(?:href|action)="([^"]*\?[^"]*)"/g)]
  return [
    ...fields.map(([, what = '', value = '']) => ({ what, value })),
    ...links.flatMap(([, url = '']) => ofUrl(url.replaceAll('&amp;', '&'))),
  ]
}

/** The last part of a token or a sealed value is its own alone, however the rest is cut off. */
const withLastPart = ({ what, value }: Secret): readonly Secret[] => [
  { what, value },
  ...(/^[\w-]+(\.[\w-]+)+$/.test(value)
    ? [{ what: `end of ${what}`, value: value.slice(value.lastIndexOf('.') + 1) }]
    : []),
]

/** Everything that a request and its answer carried and no log may hold, sent by whomever, true or made up. */
export const secretsOf = (exchange: Exchange): readonly Secret[] =>
  [
    ...ofUrl(exchange.url),
    ...exchange.requestHeaders.flatMap(ofHeader),
    ...(exchange.requestBody.startsWith('{')
      ? ofJson(exchange.requestBody)
      : ofParameters(exchange.requestBody)),
    ...exchange.responseHeaders.flatMap(ofHeader),
    ...ofBody(exchange.responseBody),
  ].flatMap(withLastPart)
