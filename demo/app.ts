/** The demo app: signs its user in at the local provider and shows what it was given. */
import { connect, type DemoClient, type Tokens } from './client.ts'
import { isCallback, readSettings } from './settings.ts'
import {
  problemView,
  type SignedInState,
  signedInView,
  signedOutView,
  workingView,
} from './views.ts'

const settings = readSettings(document)
const stage = document.querySelector('#app')

/** Shows the views and lets the reader begin at the new heading. */
function show(...views: HTMLElement[]): void {
  stage?.replaceChildren(...views)
  stage?.querySelector('h1')?.focus()
}

const messageOf = (error: unknown): string => {
  const said = error instanceof Error ? error : new Error(String(error))
  const description = 'error_description' in said ? ` (${String(said.error_description)})` : ''
  return `${said.message}${description}`
}

function showSignedOut(client: DemoClient, ...before: HTMLElement[]): void {
  const signIn = () => client.signIn().catch((error) => showSignedOut(client, problemOf(error)))
  show(...before, signedOutView(signIn))
}

const problemOf = (error: unknown): HTMLElement => problemView(messageOf(error))

function showSignedIn(client: DemoClient, state: SignedInState, ...before: HTMLElement[]): void {
  const next = (change: () => Promise<Partial<SignedInState>>) => async () => {
    try {
      showSignedIn(client, { ...state, ...(await change()) })
    } catch (error) {
      showSignedIn(client, state, problemOf(error))
    }
  }
  const view = signedInView(state, {
    refresh: next(async () => ({
      tokens: await client.refresh(state.tokens),
      refreshCount: state.refreshCount + 1,
    })),
    userInfo: next(async () => ({ userInfo: await client.userInfo(state.tokens) })),
    signOut: () => client.signOut(state.tokens),
  })
  show(...before, view)
}

/** Says at once whom it greets: the tokens alone name nobody. */
async function signedIn(client: DemoClient, tokens: Tokens): Promise<SignedInState> {
  const userInfo = await client.userInfo(tokens).catch(() => undefined)
  return { tokens, userInfo, refreshCount: 0 }
}

/** Redeems the code, and takes it out of the address bar and the history first. */
async function completeSignIn(client: DemoClient, returned: URL): Promise<void> {
  history.replaceState(null, '', settings.postLogoutRedirectUri)
  try {
    showSignedIn(client, await signedIn(client, await client.completeSignIn(returned)))
  } catch (error) {
    showSignedOut(client, problemOf(error))
  }
}

async function start(url: URL): Promise<void> {
  show(workingView('One moment …'))
  const client = await connect(settings)
  if (isCallback(settings, url)) await completeSignIn(client, url)
  else showSignedOut(client)
}

await start(new URL(location.href)).catch((error) => show(problemOf(error)))
