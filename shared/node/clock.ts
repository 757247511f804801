import { epochSeconds } from '#shared/kernel/time.ts'
import type { Clock } from '#shared/ports/clock.ts'

export const systemClock: Clock = { now: () => epochSeconds(Math.floor(Date.now() / 1000)) }
