import type { ClientId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, isExpired } from '#shared/kernel/time.ts'
import type { RegistrationPolicy } from '#shared/tenant/self-registration.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { accessDenied, invalidToken, missingToken, tooManyRequests } from '../errors.ts'
import type { RegistrationRequest } from '../messages/registration-request.ts'
import {
  type InitialAccessToken,
  initialAccessTokenHash,
} from '../registration/initial-access-token.ts'
import { policyOf } from '../registration/registration-policy.ts'
import { registrationLimits } from '../registration/registration-throttle.ts'
import { countAttempt, mayAttempt } from './count-attempt.ts'
import { type RegistrationPorts, written } from './registration-ports.ts'

/** On what grounds a client may be registered, and as what. */
export interface Admission {
  readonly policy: RegistrationPolicy
  /** A statement stands for every copy of its software: who brings one is counted like anybody. */
  readonly by: InitialAccessToken | 'anybody'
}

type AdmissionPorts = Pick<RegistrationPorts, 'initialAccessTokens' | 'attempts' | 'random'>

/**
 * Decides whether a request may register a client at all; nothing is written.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-3
 * @throws ProtocolError `access_denied`, `invalid_token` or `temporarily_unavailable`
 */
export const admit =
  (ports: AdmissionPorts) =>
  async (tenant: Tenant, request: RegistrationRequest, now: EpochSeconds): Promise<Admission> => {
    const endpoint = tenant.settings.selfRegistration?.endpoint
    if (endpoint === undefined) {
      throw accessDenied('oauth/registration/closed', 'clients do not register themselves here')
    }
    if (request.initialAccessToken !== undefined) {
      const hash = initialAccessTokenHash(request.initialAccessToken)
      const by = verified(await ports.initialAccessTokens.find(tenant.id, hash), now)
      return { policy: policyOf(tenant, by.policy), by }
    }
    const policy = policyOf(tenant)
    if (request.statement === undefined && endpoint === 'restricted') {
      throw missingToken('oauth/registration/restricted', 'an initial access token is needed')
    }
    if (await mayAttempt(ports)(tenant, registrationLimits(request.address), now)) {
      return { policy, by: 'anybody' }
    }
    throw tooMany()
  }

function verified(token: InitialAccessToken | undefined, now: EpochSeconds): InitialAccessToken {
  if (token !== undefined) {
    const { expiresAt, maximalUses, uses } = token
    const isOver = expiresAt !== undefined && isExpired(expiresAt, now)
    if (!isOver && (maximalUses === undefined || uses < maximalUses)) return token
  }
  throw notValid()
}

/**
 * Takes what the admission costs: a use of the token, or an attempt of the network.
 *
 * @throws ProtocolError `invalid_token` or `temporarily_unavailable` when others were faster
 */
export const spend =
  (ports: AdmissionPorts) =>
  async (
    tenant: Tenant,
    { by }: Admission,
    about: { readonly client: ClientId; readonly address: string; readonly now: EpochSeconds },
  ): Promise<void> => {
    if (by === 'anybody') {
      const [, event] = written(ports, 'registration-attempted', about)
      const limits = registrationLimits(about.address)
      if (await countAttempt(ports)(tenant, limits, event)) return
      throw tooMany()
    }
    if (by.maximalUses === undefined) return
    const [attempt, event] = written(ports, 'initial-token-used', about)
    if ((await ports.initialAccessTokens.use(by, attempt, event)) === 'exhausted') throw notValid()
  }

const notValid = () =>
  invalidToken('oauth/registration/initial-token', 'the initial access token is not valid')

const tooMany = () =>
  tooManyRequests('oauth/registration/too-many', 'too many clients were registered from here')
