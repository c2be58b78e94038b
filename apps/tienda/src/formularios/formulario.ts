import type { AnyProblem } from '@encargo/client'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { type InputEvent, type SubmitEvent, useRef, useState } from 'react'
import { problemaDe } from '../api.ts'
import { textoDeCampo } from '../textos/campos.ts'
import { useTextos } from '../textos/idioma.ts'
import { textoDeFallo } from '../textos/problemas.ts'
import type { Textos } from '../textos/tipo.ts'

type Errores = Readonly<Record<string, string>>
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const esControl = (uno: Element): uno is Control =>
  uno instanceof HTMLInputElement ||
  uno instanceof HTMLTextAreaElement ||
  uno instanceof HTMLSelectElement

/** Why the browser would refuse what stands in a control, in our own words. */
function mensajeDe(control: Control, t: Textos): string | undefined {
  const { validity: mal } = control
  if (mal.valid) return undefined
  if (control.type === 'radio') return t.formulario.elige
  if (mal.valueMissing) return t.formulario.falta
  if (control.type === 'email') return t.formulario.correo
  if (control.type === 'tel') return t.formulario.telefono
  if (mal.badInput || control.inputMode === 'numeric') return t.formulario.numero
  if (control instanceof HTMLSelectElement) return t.formulario.formato
  if (mal.tooShort) return t.formulario.corta(control.minLength)
  if (mal.tooLong) return t.formulario.larga(control.maxLength)
  return t.formulario.formato
}

/** In a part of the form that is not shown now: it is asked for when it is. */
const estaOculto = (control: Element) => control.closest('[hidden]') !== null

function revisar(formulario: HTMLFormElement, t: Textos): Errores {
  const errores: Record<string, string> = {}
  for (const control of formulario.elements) {
    if (!esControl(control) || control.name === '' || estaOculto(control)) continue
    // A browser takes no address with a sign that nobody sees, and can't say which.
    if (control.type === 'email') control.value = textoLimpio(control.value)
    const mensaje = mensajeDe(control, t)
    if (mensaje !== undefined) errores[control.name] = mensaje
  }
  return errores
}

/** The service names `direccionEnvio.calle`; the control is `calle`. */
const ultimaParte = (campo: string) => campo.split('.').at(-1) ?? campo

function delServicio(error: unknown, t: Textos, controlDe: (campo: string) => string): Errores {
  const problema = problemaDe(error)
  if (problema === undefined || !('errores' in problema)) return {}
  const pares = problema.errores.map((uno) => [controlDe(uno.campo), textoDeCampo(t, uno)])
  return Object.fromEntries(pares)
}

/** To where the first mistake is, so that it is heard and can be mended. */
function enfocar(formulario: HTMLFormElement, errores: Errores, descubrir?: Descubrir): void {
  for (const control of formulario.elements) {
    if (!esControl(control) || errores[control.name] === undefined) continue
    return estaOculto(control) && descubrir ? descubrir(control) : control.focus()
  }
}

type Descubrir = (control: HTMLElement) => void

/** What only reading the fields could tell: thrown by `enviar`, shown where it belongs. */
export class ErrorDeCampo extends Error {
  override readonly name = 'ErrorDeCampo'
  readonly campo: string

  constructor(campo: string, mensaje: string) {
    super(mensaje)
    this.campo = campo
  }
}

export interface Formulario {
  readonly errores: Errores
  /** What is wrong with all of it, and not with one field. */
  readonly general: string | undefined
  readonly enviando: boolean
  readonly props: {
    readonly noValidate: true
    readonly onInput: (event: InputEvent<HTMLFormElement>) => void
    readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
  }
}

/** What is better said here than by the service: of a field, or of the whole. */
export interface Explicacion {
  readonly campo?: string
  readonly mensaje: string
}

/** Explains what is refused with one of these codes. */
export const porCodigo =
  (dichos: Partial<Record<AnyProblem['codigo'], Explicacion>>) =>
  (error: unknown): Explicacion | undefined => {
    const codigo = problemaDe(error)?.codigo
    return codigo && dichos[codigo]
  }

interface Opciones {
  readonly enviar: (datos: FormData, formulario: HTMLFormElement) => Promise<void>
  readonly explicar?: (error: unknown) => Explicacion | undefined
  /** Which control is meant by what a service names; the last part of it unless told otherwise. */
  readonly controlDe?: (campo: string) => string
  /** Shows the part of the form where the first mistake is, and goes there. */
  readonly descubrir?: Descubrir
}

/** A form that checks itself before it is sent, and shows what the service has against it. */
export function useFormulario(opciones: Opciones): Formulario {
  const { enviar, explicar, controlDe = ultimaParte, descubrir } = opciones
  const t = useTextos()
  const [errores, setErrores] = useState<Errores>({})
  const [general, setGeneral] = useState<string>()
  const [enviando, setEnviando] = useState(false)
  const ocupado = useRef(false)

  const mostrar = (formulario: HTMLFormElement, encontrados: Errores, texto?: string) => {
    setErrores(encontrados)
    setGeneral(texto)
    enfocar(formulario, encontrados, descubrir)
  }
  const alFallar = (formulario: HTMLFormElement, error: unknown) => {
    if (error instanceof ErrorDeCampo) {
      return mostrar(formulario, { [error.campo]: error.message }, t.formulario.revisa)
    }
    const propio = explicar?.(error)
    if (propio?.campo !== undefined) return mostrar(formulario, { [propio.campo]: propio.mensaje })
    if (propio) return mostrar(formulario, {}, propio.mensaje)
    const campos = delServicio(error, t, controlDe)
    const dichos = Object.keys(campos).some((nombre) => formulario.elements.namedItem(nombre))
    mostrar(formulario, campos, dichos ? t.formulario.revisa : textoDeFallo(t, error))
  }
  /** What was said of a field is said no longer once it is filled in as it should be. */
  const corregir = (control: EventTarget) => {
    if (!(control instanceof Element && esControl(control))) return
    if (errores[control.name] === undefined) return
    const { [control.name]: _, ...otros } = errores
    const mensaje = mensajeDe(control, t)
    if (mensaje !== undefined) return setErrores({ ...otros, [control.name]: mensaje })
    setErrores(otros)
    if (Object.keys(otros).length === 0) setGeneral(undefined)
  }
  const procesar = async (formulario: HTMLFormElement) => {
    if (ocupado.current) return
    const encontrados = revisar(formulario, t)
    if (Object.keys(encontrados).length > 0) {
      return mostrar(formulario, encontrados, t.formulario.revisa)
    }
    ocupado.current = true
    setEnviando(true)
    mostrar(formulario, {})
    try {
      await enviar(new FormData(formulario), formulario)
    } catch (error) {
      alFallar(formulario, error)
    } finally {
      ocupado.current = false
      setEnviando(false)
    }
  }
  return {
    errores,
    general,
    enviando,
    props: {
      noValidate: true,
      onInput: ({ target }) => corregir(target),
      onSubmit(event) {
        event.preventDefault()
        void procesar(event.currentTarget)
      },
    },
  }
}

/** The text of a field, without the spaces around it. */
export const campoDe = (datos: FormData, nombre: string) => String(datos.get(nombre) ?? '').trim()
