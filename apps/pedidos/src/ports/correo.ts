import type { EnviarMensaje } from '@encargo/service-kit/mail/message'

/** A template of the shop's own, by the name of its file; undefined where there is none. */
export type LeerPlantilla = (nombre: string) => Promise<string | undefined>

/** What mails are made with and sent by. */
export interface Correo {
  readonly enviar: EnviarMensaje
  readonly leerPlantilla: LeerPlantilla
  /** The page that links to orders lead to, without a slash at its end. */
  readonly pagina: string
  /** Where the back office is, likewise. */
  readonly gestion: string
  /** Which database this is: two of them never send the same message. */
  readonly instalacion: string
}
