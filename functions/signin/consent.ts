import { askConsent } from '#shared/signin/flows/ask-consent.ts'
import { clients } from '../_runtime/deps/clients.ts'
import { clock, random, region } from '../_runtime/deps/node.ts'
import { sealer } from '../_runtime/deps/sealer.ts'
import { consents, sessions, users } from '../_runtime/deps/store.ts'
import { endpoint } from '../_runtime/endpoint.ts'
import { readConsentRequest } from '../_runtime/read/consent-request.ts'
import { htmlError } from '../_runtime/render-error/html.ts'
import { consentOutcome } from '../_runtime/respond/consent.ts'

export const handler = endpoint({
  name: 'signin.consent',
  parse: readConsentRequest,
  run: askConsent({ clients, consents, sessions, users, sealer, clock, random, region }),
  respond: consentOutcome,
  errors: htmlError,
})
