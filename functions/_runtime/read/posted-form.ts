import type { HttpRequest } from '../http-request.ts'

/** The form of a POST, `undefined` for any other method. */
export const postedForm = (request: HttpRequest): URLSearchParams | undefined =>
  request.method === 'POST' ? request.form() : undefined
