import { type Claim, decodePayload, describeClaims } from './claims.ts'
import type { Tokens, UserInfo } from './client.ts'
import { actionButton, element } from './dom.ts'

export interface SignedInActions {
  refresh(): Promise<void>
  userInfo(): Promise<void>
  signOut(): void
}

export interface SignedInState {
  readonly tokens: Tokens
  readonly userInfo: UserInfo | undefined
  readonly refreshCount: number
}

const heading = (text: string): HTMLElement => element('h1', { tabindex: '-1' }, text)

export const problemView = (message: string): HTMLElement =>
  element('p', { class: 'problem', role: 'alert' }, message)

export const workingView = (message: string): HTMLElement =>
  element('p', { class: 'lead' }, message)

export const signedOutView = (signIn: () => Promise<void>): HTMLElement =>
  element(
    'section',
    { class: 'hero' },
    heading('Welcome'),
    element(
      'p',
      { class: 'lead' },
      'This small app knows nobody. It asks your identity provider who you are, and shows what it is told.',
    ),
    actionButton('Sign in', { class: 'primary', id: 'sign-in' }, signIn),
    element(
      'p',
      { class: 'lead hint' },
      'Users and passwords to try are on the ',
      developerPage(),
      '.',
    ),
  )

const developerPage = (): HTMLElement => element('a', { href: '/_local#tenants' }, 'developer page')

/** Shows who is signed in and every token that the app was given. */
export function signedInView(state: SignedInState, actions: SignedInActions): HTMLElement {
  const idToken = decodePayload(state.tokens.idToken)
  return element(
    'div',
    { class: 'stack' },
    person({ ...idToken, ...state.userInfo }, actions, state.tokens.refreshToken !== undefined),
    element(
      'div',
      { class: 'stack' },
      tokenCard('id-token', 'ID token', 'Who signed in, for this app.', state.tokens.idToken),
      userInfoCard(state.userInfo),
    ),
    element(
      'div',
      { class: 'stack' },
      tokenCard('access-token', 'Access token', 'What an API is shown.', state.tokens.accessToken),
      refreshTokenCard(state),
    ),
  )
}

function person(
  claims: Readonly<Record<string, unknown>>,
  actions: SignedInActions,
  isRefreshable: boolean,
): HTMLElement {
  const name = String(claims['name'] ?? claims['preferred_username'] ?? claims['sub'])
  const refresh = actionButton('Refresh tokens', { id: 'refresh' }, actions.refresh)
  return element(
    'section',
    { class: 'card person' },
    element('span', { class: 'initials', 'aria-hidden': 'true' }, initialsOf(name)),
    element(
      'div',
      { class: 'who' },
      heading(`Hello, ${name}`),
      element('p', { class: 'lead' }, String(claims['email'] ?? claims['sub'])),
    ),
    element(
      'div',
      { class: 'actions' },
      ...(isRefreshable ? [refresh] : []),
      actionButton('Call userinfo', { id: 'userinfo' }, actions.userInfo),
      actionButton('Sign out', { id: 'sign-out', class: 'primary' }, actions.signOut),
    ),
  )
}

const initialsOf = (name: string): string =>
  name
    .split(/[\s@._-]+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()

const card = (id: string, title: string, lead: string, ...content: Node[]): HTMLElement =>
  element(
    'section',
    { class: 'card', id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    element('p', { class: 'lead' }, lead),
    ...content,
  )

const tokenCard = (id: string, title: string, lead: string, token: string): HTMLElement =>
  card(id, title, lead, claimsTable(describeClaims(decodePayload(token), Date.now())), raw(token))

function refreshTokenCard({ tokens, refreshCount }: SignedInState): HTMLElement {
  const lead =
    refreshCount === 0
      ? 'Works once; every use gives the next one.'
      : `Works once; rotated ${refreshCount} ${refreshCount === 1 ? 'time' : 'times'} so far.`
  return tokens.refreshToken === undefined
    ? card('refresh-token', 'Refresh token', 'None was issued to this app.')
    : card('refresh-token', 'Refresh token', lead, raw(tokens.refreshToken))
}

const userInfoCard = (userInfo: UserInfo | undefined): HTMLElement =>
  userInfo === undefined
    ? card('userinfo-answer', 'Userinfo', 'Not asked yet.')
    : card(
        'userinfo-answer',
        'Userinfo',
        'What the provider says of the user right now.',
        claimsTable(describeClaims(userInfo, Date.now())),
      )

const claimsTable = (claims: readonly Claim[]): HTMLElement =>
  element('dl', { class: 'claims' }, ...claims.map(claimRow))

const claimRow = ({ name, value, note }: Claim): HTMLElement =>
  element(
    'div',
    {},
    element('dt', {}, name),
    element('dd', {}, value, ...(note ? [element('span', { class: 'note' }, note)] : [])),
  )

const raw = (token: string): HTMLElement =>
  element(
    'details',
    {},
    element('summary', {}, 'As it was sent'),
    element('code', { class: 'raw' }, token),
  )
