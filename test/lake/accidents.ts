import { z } from 'zod'

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const victims = [
  { what: 'instances', function: 'workers.audit' },
  { what: 'instances', function: 'oauth2.token' },
  { what: 'stream-reader' },
  { what: 'delivery' },
] as const

/** What has been killed so far, and an end to it. */
export interface Accidents {
  readonly killed: Readonly<Record<string, number>>
  stop(): Promise<void>
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Kills something at random moments through the developer's API, until it is stopped. */
export function causeAccidents(origin: string, random: () => number): Accidents {
  const killed: Record<string, number> = {}
  let isStopped = false
  async function killOne(): Promise<void> {
    const victim = victims[Math.floor(random() * victims.length)]
    if (victim === undefined) throw new Error('a number below 1 chooses one')
    const response = await fetch(`${origin}/_local/api/kill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(victim),
    })
    if (!response.ok) throw new Error(`nothing was killed: ${response.status}`)
    const name = Object.values(victim).join(' of ')
    const answer = z.object({ killed: z.number() }).parse(await response.json())
    killed[name] = (killed[name] ?? 0) + answer.killed
  }
  const running = (async () => {
    while (!isStopped) {
      await pause(100 + random() * 1000)
      await killOne()
    }
  })()
  return {
    killed,
    async stop() {
      isStopped = true
      await running
    },
  }
}
