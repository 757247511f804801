import type { Configuration, DeclaredTenant } from '#shared/configuration/document.ts'
import { issuerOf } from '#shared/configuration/issuer.ts'
import type { Mail } from '../services/ses.ts'
import type { ShownMail, ShownTenant } from './facts.ts'

/** Shows what a document declares. @param isDemo whether everybody may know the passwords */
export const shownTenants = (
  { tenants }: Configuration,
  origin: string,
  isDemo: boolean,
): readonly ShownTenant[] => tenants.map((tenant) => shownTenant(tenant, origin, isDemo))

const shownTenant = (tenant: DeclaredTenant, origin: string, isDemo: boolean): ShownTenant => ({
  id: tenant.id,
  displayName: tenant.displayName,
  issuer: issuerOf(origin, tenant.id),
  clientIds: tenant.clients.map(({ client_id }) => client_id),
  users: tenant.users.map((user) => ({
    userName: user.userName,
    displayName: user.displayName ?? user.name?.formatted,
    isActive: user.active,
    password: isDemo ? user.password?.reveal() : undefined,
  })),
})

/** The newest first. */
export const shownMails = (mails: readonly Mail[]): readonly ShownMail[] =>
  mails.toReversed().map(({ to, subject, text, html, sentAt }) => ({
    time: new Date(sentAt).toISOString(),
    to: to.join(', '),
    subject,
    text: text ?? html ?? '',
  }))
