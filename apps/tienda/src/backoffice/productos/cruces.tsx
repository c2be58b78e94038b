import { useEffect, useRef } from 'react'
import { Formulario, CampoOpciones } from '../../formularios/campos.tsx'
import { useFormulario } from '../../formularios/formulario.ts'
import { useFormato } from '../../textos/formato.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { Leido } from './datos.ts'
import {
  cambiosEntre,
  type CampoFicha,
  camposFicha,
  type Cruce,
  crucesDe,
  type Ficha,
  fichaDe,
  fusionar,
  type Lado,
} from './ficha.ts'
import { useTextosEdicion } from './textos-edicion.ts'
import { useTextosProductos } from './textos.ts'
import { Valor } from './valor.tsx'

/** An edit that came too late: what it began from, what it would write, what is there by now. */
export interface Encuentro {
  readonly antes: Leido
  readonly mia: Ficha
  readonly suyo: Leido
}

interface CrucesProps {
  readonly encuentro: Encuentro
  readonly guardar: (fusionada: Ficha) => Promise<void>
  readonly seguir: (fusionada: Ficha) => void
}

function leerElegidos(datos: FormData): Partial<Record<CampoFicha, Lado>> {
  const lados = camposFicha.flatMap((campo): [CampoFicha, Lado][] => {
    const lado = datos.get(campo)
    return lado === 'mio' || lado === 'suyo' ? [[campo, lado]] : []
  })
  return Object.fromEntries(lados)
}

/** What somebody else changed meanwhile, field by field, and the choice where both changed the same. */
export function Cruces({ encuentro, guardar, seguir }: CrucesProps) {
  const { antes, mia, suyo } = encuentro
  const textos = useTextos()
  const { cruce: t } = useTextosEdicion()
  const { campo: nombreDe } = useTextosProductos()
  const { fechaYHora } = useFormato()
  const tres = { antes: fichaDe(antes.datos), mia, suya: fichaDe(suyo.datos) }
  const cruces = crucesDe(tres.antes, mia, tres.suya)
  const propios = camposFicha.filter(
    (campo) => campo in cambiosEntre(tres.antes, mia) && !cruces.some((uno) => uno.campo === campo),
  )
  const formulario = useFormulario({
    enviar: (datos) => guardar(fusionar(tres, leerElegidos(datos))),
    explicar: (error) => ({ mensaje: textoDeFallo(textos, error) }),
  })
  const alSeguir = (elegidos: Partial<Record<CampoFicha, Lado>>) => {
    // What is not chosen yet stays as it was typed: it is still to be saved.
    const mios = Object.fromEntries(camposFicha.map((campo) => [campo, 'mio' as const]))
    seguir(fusionar(tres, { ...mios, ...elegidos }))
  }
  const titulo = useRef<HTMLHeadingElement>(null)
  useEffect(() => titulo.current?.focus(), [encuentro])
  return (
    <section aria-labelledby="cruces" className="carta flex flex-col gap-5 p-5 sm:p-6">
      <Notice tone="warning">
        <h2 id="cruces" ref={titulo} tabIndex={-1} className="text-lg font-semibold">
          {t.titulo}
        </h2>
        <p>{t.texto(fechaYHora(suyo.datos.actualizadoEn))}</p>
        {antes.datos.activo && !suyo.datos.activo && <p>{t.archivado}</p>}
        {!antes.datos.activo && suyo.datos.activo && <p>{t.recuperado}</p>}
      </Notice>
      <Formulario
        de={formulario}
        boton={t.guardar}
        acciones={
          <Button
            look="secondary"
            onClick={({ currentTarget: { form } }) =>
              alSeguir(form ? leerElegidos(new FormData(form)) : {})
            }
          >
            {t.volver}
          </Button>
        }
      >
        {cruces.map((uno) =>
          uno.choca ? (
            <Choque key={uno.campo} cruce={uno} />
          ) : (
            <SoloSuyo key={uno.campo} cruce={uno} />
          ),
        )}
        {propios.length > 0 && (
          <p className="text-suave">{t.propios(propios.map((uno) => nombreDe[uno]).join(', '))}</p>
        )}
      </Formulario>
    </section>
  )
}

function Choque({ cruce: { campo, antes, mia, suya } }: { readonly cruce: Cruce }) {
  const { cruce: t } = useTextosEdicion()
  const { campo: nombreDe } = useTextosProductos()
  return (
    <div className="border-linea flex flex-col gap-2 border-t pt-4">
      <CampoOpciones
        legend={t.elige(nombreDe[campo])}
        name={campo}
        className="sm:grid-cols-2"
        opciones={[
          { valor: 'suyo', texto: t.suyo, detalle: <Valor campo={campo} ficha={suya} /> },
          { valor: 'mio', texto: t.mio, detalle: <Valor campo={campo} ficha={mia} /> },
        ]}
      />
      <div className="text-suave text-sm">
        <span>{`${t.antes}:`}</span> <Valor campo={campo} ficha={antes} />
      </div>
    </div>
  )
}

function SoloSuyo({ cruce: { campo, antes, suya } }: { readonly cruce: Cruce }) {
  const { cruce: t } = useTextosEdicion()
  const { campo: nombreDe } = useTextosProductos()
  return (
    <div className="border-linea border-t pt-4">
      <h3 className="text-sm font-medium">{nombreDe[campo]}</h3>
      <dl className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-2">
        <div>
          <dt className="text-suave text-sm">{t.antes}</dt>
          <dd>
            <Valor campo={campo} ficha={antes} />
          </dd>
        </div>
        <div>
          <dt className="text-suave text-sm">{t.ahora}</dt>
          <dd className="font-medium">
            <Valor campo={campo} ficha={suya} />
          </dd>
        </div>
      </dl>
      <p className="text-suave mt-1 text-sm">{t.soloSuyo}</p>
    </div>
  )
}
