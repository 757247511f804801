import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

/** An executable, and what it has to be told beyond the usual. */
export interface FoundChromium {
  readonly executablePath: string
  readonly args: readonly string[]
}

/** Alone on this computer: nothing is updated, nothing is asked of anybody else. */
export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Said where a test is skipped. */
export const missingChromium =
  'no Chromium was found: set CHROME_PATH, or install chromium or google-chrome'

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const { env } = process

/** Where macOS and Windows install it, which is not on the PATH. */
const usualPlaces = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ...[env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Chromium/Application/chrome.exe'),
    ]),
]

const onPath = (): readonly string[] =>
  (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => commands.map((command) => join(folder, command)))

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** The package that serverless people install; it is no dependency of ours. */
async function packagedChromium(): Promise<FoundChromium | undefined> {
  const name: string = '@sparticuz/chromium'
  try {
    const { default: packaged } = await import(/* @vite-ignore */ name)
    return { executablePath: await packaged.executablePath(), args: packaged.args }
  } catch {
    return undefined
  }
}

/**
 * Finds a Chromium: `CHROME_PATH`, an installed one, the one that Playwright has downloaded, a packaged one.
 *
 * @throws Error when `CHROME_PATH` names nothing that can be run
 */
export async function findChromium(): Promise<FoundChromium | undefined> {
  const named = env['CHROME_PATH'] ?? ''
  if (named !== '' && !isExecutable(named)) {
    throw new Error(`CHROME_PATH is not a file that can be run: ${named}`)
  }
  const candidates = [named, ...onPath(), ...usualPlaces, chromium.executablePath()]
  const executablePath = candidates.find(isExecutable)
  return executablePath === undefined ? packagedChromium() : { executablePath, args: [] }
}
