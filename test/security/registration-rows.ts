import { Browser } from '../../tools/smoke/browser.ts'
import { Registrar, redirectUri } from '../support/registrar.ts'
import type { Prepared, Row } from './rows.ts'

const initialAccessToken = 'acme-initial-7Jq2Lx9Rv4Tz8Bn3Wk6Ym1Pc5HsGdQf'
const metadata = { redirect_uris: [redirectUri] }

const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` })

/** A client of its own, with the token that looks after it. */
async function registered(origin: string): Promise<Prepared> {
  const { body } = await new Registrar(origin, 'acme').register(metadata, initialAccessToken)
  const client = String(body['client_id'])
  return {
    browser: new Browser(origin),
    parameters: {},
    headers: bearer(body['registration_access_token']),
    client,
    json: { ...metadata, client_id: client },
  }
}

/** The rows of clients that look after themselves. */
export const registrationRows = {
  'POST /{tenant}/oauth2/register': {
    refusal: 'json',
    accepted: { status: 201 },
    prepare: async (origin) => ({
      browser: new Browser(origin),
      parameters: {},
      headers: bearer(initialAccessToken),
      json: metadata,
    }),
  },
  'GET /{tenant}/oauth2/register/{client}': {
    refusal: 'json',
    accepted: { status: 200 },
    prepare: async (origin) => {
      const { json: _, ...prepared } = await registered(origin)
      return prepared
    },
  },
  'PUT /{tenant}/oauth2/register/{client}': {
    refusal: 'json',
    accepted: { status: 200 },
    prepare: registered,
  },
  'DELETE /{tenant}/oauth2/register/{client}': {
    refusal: 'json',
    accepted: { status: 204 },
    prepare: async (origin) => {
      const { json: _, ...prepared } = await registered(origin)
      return prepared
    },
  },
} as const satisfies Record<string, Row>
