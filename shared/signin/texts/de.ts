import type { Catalogue } from './catalogue.ts'

/** German, in the polite form. */
export const de: Catalogue = {
  'page.title': '{page} · {tenant}',
  'page.title-with-problem': 'Problem: {page} · {tenant}',
  'page.product': 'Geschützt durch {product}',
  'page.signed-in-as': 'Angemeldet als {user}',
  'page.new-tab': '(öffnet sich in einem neuen Tab)',

  'sign-in.heading': 'Anmelden',
  'sign-in.client': 'weiter zu {client}',
  'sign-in.user-name': 'Benutzername',
  'sign-in.password': 'Passwort',
  'sign-in.submit': 'Anmelden',
  'sign-in.wrong-password':
    'Benutzername und Passwort passen nicht zusammen. Prüfen Sie beides und versuchen Sie es erneut.',
  'sign-in.too-many-attempts':
    'Zu viele Versuche. Warten Sie einige Minuten und versuchen Sie es dann erneut.',

  'consent.title': 'Zugriff erlauben',
  'consent.heading': 'Darf {client} Ihr Konto verwenden?',
  'consent.scopes': 'Die App könnte dann:',
  'consent.no-scopes': 'Die App verlangt keine Ihrer Daten.',
  'consent.services': 'Der Zugriff gilt für {services}.',
  'consent.policy': 'Datenschutzerklärung',
  'consent.terms': 'Nutzungsbedingungen',
  'consent.allow': 'Erlauben',
  'consent.deny': 'Ablehnen',

  'device.title': 'Gerät verbinden',
  'device.heading': 'Gerät verbinden',
  'device.enter': 'Geben Sie den Code ein, den Ihr Gerät anzeigt.',
  'device.code': 'Code',
  'device.submit': 'Weiter',
  'device.unknown-code':
    'Kein Gerät wartet auf diesen Code. Prüfen Sie ihn oder lassen Sie das Gerät einen neuen anzeigen.',
  'device.too-many-attempts':
    'Zu viele Codes. Warten Sie einige Minuten und versuchen Sie es dann erneut.',
  'device.confirm-heading': 'Darf {client} auf einem Gerät Ihr Konto verwenden?',
  'device.confirm-code': 'Zeigt das Gerät vor Ihnen diesen Code?',
  'device.confirm-warning':
    'Hat Ihnen jemand den Code oder einen Link zu dieser Seite geschickt, lehnen Sie ab: Diese Person käme sonst in Ihr Konto.',
  'device.allowed-heading': 'Ihr Gerät ist verbunden',
  'device.allowed': '{client} kann jetzt weitermachen. Sie können diese Seite schließen.',
  'device.denied-heading': 'Das Gerät wurde abgewiesen',
  'device.denied': '{client} hat keinen Zugriff erhalten. Sie können diese Seite schließen.',

  'requests.heading': 'Anfragen an Sie',
  'requests.none': 'Keine App wartet auf Ihre Antwort.',
  'requests.warning':
    'Erlauben Sie nur, was Sie selbst gerade veranlasst haben. Wissen Sie nichts davon, lehnen Sie ab.',
  'requests.message': 'Die App muss Ihnen diesen Text zeigen:',

  'request-mail.subject': '{client} wartet auf Ihre Antwort',
  'request-mail.lead': '{client} möchte Ihr Konto bei {tenant} verwenden.',
  'request-mail.message': 'Die App muss Ihnen diesen Text zeigen: {message}',
  'request-mail.answer': 'Sehen Sie, was verlangt wird, und antworten Sie: {link}',
  'request-mail.warning': 'Wissen Sie nichts davon, lehnen Sie ab.',

  'scope.openid': 'Sie beim Anmelden wiedererkennen',
  'scope.profile': 'Ihr Profil sehen, etwa Name, Bild und Sprache',
  'scope.email': 'Ihre E-Mail-Adresse sehen',
  'scope.address': 'Ihre Postanschrift sehen',
  'scope.phone': 'Ihre Telefonnummer sehen',
  'scope.groups': 'Sehen, zu welchen Gruppen Sie gehören',
  'scope.offline_access': 'Diesen Zugriff auch in Ihrer Abwesenheit behalten',

  'sign-out.heading': 'Abmelden?',
  'sign-out.tenant': 'Damit endet Ihre Sitzung bei {tenant}.',
  'sign-out.client': '{client} möchte Ihre Sitzung bei {tenant} beenden.',
  'sign-out.stay': 'Um angemeldet zu bleiben, schließen Sie diese Seite.',
  'sign-out.submit': 'Abmelden',

  'signed-out.heading': 'Sie sind abgemeldet',
  'signed-out.tenant': 'Ihre Sitzung bei {tenant} ist beendet. Sie können diese Seite schließen.',
  'signed-out.client':
    'Ihre Sitzung bei {tenant} ist beendet. Sie können diese Seite schließen oder zu {client} zurückkehren.',
  'signed-out.go-on': 'Weiter',

  'error.request-heading': 'Diese Anfrage lässt sich nicht beantworten',
  'error.request-advice':
    'Gehen Sie zurück zu der App, aus der Sie kommen, und versuchen Sie es erneut. Geschieht es wieder, teilen Sie dem Betreiber der App mit, was unten steht.',
  'error.stale-heading': 'Diese Seite gilt nicht mehr',
  'error.stale-advice':
    'Sie war zu lange offen oder wurde in einem anderen Browser begonnen. Gehen Sie zurück zu der App, aus der Sie kommen, und beginnen Sie von vorn.',
  'error.server-heading': 'Hier ist etwas schiefgegangen',
  'error.server-advice':
    'Es lag nicht an Ihnen. Versuchen Sie es gleich noch einmal. Geschieht es wieder, melden Sie, was unten steht.',
  'error.code': 'Fehler',
  'error.description': 'Beschreibung',
  'error.request-id': 'Anfrage',

  'form-post.heading': 'Einen Moment',
  'form-post.advice': 'Sie sind auf dem Weg zurück zur App.',
  'form-post.submit': 'Weiter',
}
