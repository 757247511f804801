import { seconds } from '#shared/kernel/time.ts'

/** How far a client's clock may be ahead of ours. */
export const clockSkew = seconds(10)
