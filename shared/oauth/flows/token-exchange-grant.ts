import { type FamilyId, trusted } from '#shared/kernel/ids.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Outbox } from '#shared/ports/repositories/outbox.ts'
import { invalidRequest } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import { accessTokenResponse, type TokenResponse } from '../messages/token-response.ts'
import type { IssuedAccessToken } from '../token/access-token.ts'
import { type Actor, actorChain, verifyChainLength, verifyMayAct } from '../token/actor.ts'
import { exchangeTargets, issuedTokenType } from '../token/token-exchange.ts'
import { type ActorPorts, actorOf } from './exchange-actor.ts'
import { type BroughtSubject, broughtSubject, type SubjectPorts } from './exchange-subject.ts'
import type { GrantContext } from './grant-context.ts'
import { issueAccessToken } from './issue-access-token.ts'
import { type ExternalLinePorts, openExternalLine } from './open-external-line.ts'

export type TokenExchangePorts = ActorPorts &
  SubjectPorts &
  ExternalLinePorts & { readonly outbox: Outbox }

type ExchangeRequest = GrantRequest<'urn:ietf:params:oauth:grant-type:token-exchange'>

/**
 * Exchanges a token for one that says no more, ends no later and falls with it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8693#section-2
 * @throws ProtocolError `invalid_request`, `invalid_scope` or `invalid_target`
 */
export const exchangeToken =
  (ports: TokenExchangePorts) =>
  async (context: GrantContext, request: ExchangeRequest): Promise<TokenResponse> => {
    const { client, tenant } = context
    const subject = await broughtSubject(ports)(context, request)
    const acting = await actorOf(ports)(context, request.actor, subject)
    verifyMayAct(subject.claims, acting, tenant.issuer)
    const actor = actorChain(acting, subject.actor)
    verifyChainLength(actor)
    const named = [...(context.narrowing?.resources ?? []), ...request.audiences]
    const resources = exchangeTargets(named, subject.worth.grant.resources, client)
    const narrowed = { ...context, narrowing: { ...context.narrowing, resources } }
    const issued = await issue(ports, narrowed, subject.worth, withoutAbsent({ actor }))
    return { ...accessTokenResponse(issued, context), issued_token_type: issuedTokenType }
  }

async function issue(
  ports: TokenExchangePorts,
  context: GrantContext & { readonly narrowing: { readonly resources: readonly string[] } },
  worth: BroughtSubject['worth'],
  acting: { readonly actor?: Actor },
): Promise<IssuedAccessToken> {
  const { now, client, address, tenant, narrowing } = context
  const more = { resources: narrowing.resources, ...acting }
  if (worth.kind === 'user') {
    return openExternalLine(ports)(
      context,
      { ...worth.grant, ...more },
      {
        id: trusted<FamilyId>(ports.random.id()),
        activity: 'token-exchanged',
        expiresAt: now,
        replayed: () => invalidRequest('oauth/token-exchange/replayed', 'this request came before'),
      },
    )
  }
  const issued = await issueAccessToken(ports)(context, { ...worth.grant, ...more })
  await ports.outbox.put(tenant.id, {
    id: ports.random.id(),
    time: now,
    activity: 'token-exchanged',
    ...withoutAbsent({ user: worth.grant.family?.user }),
    client: client.id,
    address,
  })
  return issued
}
