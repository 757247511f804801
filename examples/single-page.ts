import { UserManager, WebStorageStateStore } from 'oidc-client-ts'

/** Put in place by the bundler: `--define:ISSUER=...`. */
declare const ISSUER: string | undefined

const here = `${location.origin}/`
const people = new UserManager({
  authority: typeof ISSUER === 'undefined' ? 'http://localhost:9000/demo' : ISSUER,
  client_id: 'demo-spa',
  redirect_uri: here,
  post_logout_redirect_uri: here,
  scope: 'openid profile offline_access',
  loadUserInfo: true,
  monitorSession: true,
  userStore: new WebStorageStateStore({ store: sessionStorage }),
})

const output = document.body.appendChild(document.createElement('output'))

function offer(label: string, act: () => Promise<unknown>): void {
  const button = document.body.appendChild(document.createElement('button'))
  button.textContent = label
  button.onclick = () => act().then(show, (error) => show(String(error)))
}

async function show(problem?: unknown): Promise<void> {
  const user = await people.getUser()
  const expiry = new Date((user?.expires_at ?? 0) * 1000).toLocaleTimeString()
  const greeting = user ? `Hello, ${user.profile.name}, until ${expiry}` : 'Nobody is signed in'
  output.textContent = typeof problem === 'string' ? problem : greeting
}

offer('Sign in', () => people.signinRedirect())
offer('Renew', () => people.signinSilent())
offer('Sign out', () => people.signoutRedirect())

people.events.addUserSignedOut(() => people.removeUser().then(show))

if (new URLSearchParams(location.search).has('state')) {
  await people.signinCallback().catch(show)
  history.replaceState(null, '', here)
}
await show()
