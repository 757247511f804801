/** What is sent beside the form. */
export type Headers = Readonly<Record<string, string>>

/** Posts a form to an endpoint that answers JSON. */
export async function postForm(url: string, form: Record<string, string>, headers: Headers) {
  const body = new URLSearchParams(form)
  const response = await fetch(url, { method: 'POST', headers, body })
  const answer: Readonly<Record<string, string>> = JSON.parse(await response.text())
  return { status: response.status, headers: response.headers, body: answer }
}
