import { sha256Base64url } from '#shared/kernel/digest.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Session } from '#shared/session/session.ts'
import { browserOf, interactionPath, sealInteraction } from '#shared/signin/flows/interactions.ts'
import {
  type Interaction,
  interactionLifetime,
  type Requirements,
} from '#shared/signin/interaction.ts'
import type { Step } from '#shared/signin/next-step.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { AuthorizationRequest } from '../messages/authorization-request.ts'
import { verifyInteractionLength } from '../request-length.ts'
import { resumePath } from '../resume-path.ts'
import type { PendingRequest } from './pending-request.ts'

/** The page to go to, and the value of the browser cookie that its forms are bound to. */
export interface InteractionStart {
  readonly location: string
  readonly browser: string
}

interface InteractionFacts {
  readonly tenant: Tenant
  readonly client: Client
  readonly pending: PendingRequest
  readonly input: { readonly browser: string | undefined }
  readonly request: AuthorizationRequest
  readonly requirements: Requirements
  readonly step: Step
  readonly session: Session | undefined
  readonly now: EpochSeconds
}

const pages = { 'sign-in': 'signin', consent: 'signin/consent', return: resumePath } as const

/** Seals the pending request for the pages. */
export const beginInteraction =
  (ports: { readonly sealer: Sealer; readonly random: Random }) =>
  async (facts: InteractionFacts): Promise<InteractionStart> => {
    const browser = browserOf(ports.random, facts.input.browser)
    const sealed = await sealInteraction(ports.sealer, facts.tenant, interaction(facts, browser))
    verifyInteractionLength(sealed)
    return { location: interactionPath(facts.tenant, pages[facts.step], sealed), browser }
  }

function interaction(facts: InteractionFacts, browser: string): Interaction {
  const { pending, client, request, requirements, step, session, now } = facts
  return {
    returnTo: resumePath,
    request: pending.text,
    client: client.id,
    clientName: client.name,
    browser: sha256Base64url(browser),
    expiresAt: plus(now, interactionLifetime),
    requirements,
    ...withoutAbsent({
      loginHint: request.loginHint,
      uiLocales: request.uiLocales,
      session: step === 'consent' ? session?.secretHash : undefined,
    }),
  }
}
