import { expect, test, vi } from 'vitest'
import { createCleanup } from './cleanup.ts'

test('what was started last is ended first, and only once', async () => {
  const ended: string[] = []
  const cleanup = createCleanup()
  for (const name of ['server', 'endpoint', 'functions']) {
    cleanup.add(async () => {
      ended.push(name)
    })
  }
  await cleanup.run()
  await cleanup.run()
  expect(ended).toEqual(['functions', 'endpoint', 'server'])
})

test('a step that fails does not keep the others from being ended', async () => {
  const complaint = vi.spyOn(console, 'error').mockReturnValue()
  let isEnded = false
  const cleanup = createCleanup()
  cleanup.add(async () => {
    isEnded = true
  })
  cleanup.add(() => Promise.reject(new Error('stuck')))
  await cleanup.run()
  expect(isEnded).toBe(true)
  expect(complaint).toHaveBeenCalledOnce()
  complaint.mockRestore()
})
