import { type HttpResponse, noStore } from '../http-response.ts'

/** @spec https://www.rfc-editor.org/rfc/rfc7009#section-2.2 the status says everything */
export const emptyNoStore = (): HttpResponse => ({ status: 200, headers: noStore })
