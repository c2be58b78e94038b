import type { MetodoEnvio } from '@encargo/client'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { cambiarCesta, cestaActual, useCesta } from '../../cesta/cesta.ts'
import { CampoLargo, ErrorGeneral, FormularioLibre } from '../../formularios/campos.tsx'
import { leerIdentificacion } from '../../formularios/campos-identificacion.tsx'
import { ErrorDeCampo, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { notasMaximo } from '../../formularios/limites.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Page } from '../../ui/page.tsx'
import { seVaAPagar } from '../pago/metodos.ts'
import { useTextosPago } from '../pago/textos.ts'
import { type Borrador, borradorDe, guardarBorrador, trasCambio } from './borrador.ts'
import { cestaPosible, type Resultado } from './comprar.ts'
import { Contacto } from './contacto.tsx'
import { avisoDeCupon, textoDeCupon } from './cotizacion.ts'
import { Cupon } from './cupon.tsx'
import { useDespues } from './despues.ts'
import { encargoDe, enviarEncargo, huellaDe } from './encargo.ts'
import { Entrega } from './entrega.tsx'
import { Factura } from './factura.tsx'
import { FormaDePago } from './forma-de-pago.tsx'
import { Lado } from './lado.tsx'
import { useOferta } from './oferta.ts'
import { aPaso, ultimoPaso } from './paso.ts'
import { Pasos } from './pasos.tsx'
import { usePagoElegido } from './pago-elegido.ts'
import { Repaso } from './repaso.tsx'
import { Paso, Seccion } from './seccion.tsx'
import {
  type Comprador,
  controlDe,
  facturaElegida,
  guardadaElegida,
  invitadoDe,
  pasoPendiente,
  pedidoDe,
} from './trato.ts'

const ruta = getRouteApi('/comprar')

interface FormularioProps {
  readonly comprador: Comprador
  readonly metodos: readonly MetodoEnvio[]
  readonly inicial: Borrador
  readonly alComprar: () => void
}

export function Formulario({ comprador, metodos, inicial, alComprar }: FormularioProps) {
  const { textos: t, idioma } = useLengua()
  const tPago = useTextosPago()
  const cesta = useCesta()
  const navegar = useNavigate()
  const despues = useDespues(alComprar)
  const { paso: pedido = 1 } = ruta.useSearch()
  const [datos, setDatos] = useState(inicial)
  const [resultado, setResultado] = useState<Resultado>()
  const caja = useRef<HTMLFormElement>(null)
  const deInvitado = comprador.tipo === 'invitado'
  // Where there is nothing to choose, all of it is one page.
  const enPasos = metodos.length > 0
  const paso = enPasos
    ? Math.min(pedido, pasoPendiente(datos, comprador, metodos) ?? ultimoPaso)
    : undefined
  const oferta = useOferta(resultado ? cestaPosible(cesta, resultado) : cesta, datos, {
    comprador,
    metodos,
  })
  const { cotizacion, metodo, total, moneda } = oferta
  const pago = usePagoElegido(datos, total, { comprador, metodos })
  const cupon = datos.cupon ?? ''
  const aviso = cupon === '' ? undefined : avisoDeCupon(cotizacion)
  const errorCupon = aviso && textoDeCupon(t, aviso)
  const irA = (numero: number) => navegar({ to: '/comprar', search: aPaso(numero) })

  const cambiar = (nuevo: Borrador) => {
    setDatos(nuevo)
    guardarBorrador(nuevo)
  }

  /** @throws ErrorDeCampo for what is wrong in a step, as far as this page can tell */
  function comprobar(numero: number, escrito: Borrador, formData: FormData): void {
    if (numero === 1 && oferta.nadieLlega) {
      const campo = guardadaElegida(escrito, comprador) ? 'direccion' : 'pais'
      throw new ErrorDeCampo(campo, t.compra.nadieLlega)
    }
    // With a coupon that is good for nothing, nobody is to pay more than they think.
    if (numero === 2 && errorCupon !== undefined) throw new ErrorDeCampo('cupon', errorCupon)
    const escribe = escrito.conFactura === 'si' && !facturaElegida(escrito, comprador)
    if (numero === 2 && escribe) leerIdentificacion(formData, t)
  }

  async function pedir(escrito: Borrador): Promise<void> {
    // A second press, after the shop said what has changed, agrees with it.
    if (resultado?.tipo !== 'incierto' && !(await pago.vigente())) return
    if (resultado) cambiarCesta(cestaPosible(cestaActual(), resultado))
    setResultado(undefined)
    const acordado = resultado?.tipo === 'total' ? resultado.cotizacion.total : total
    const metodoPago = pago.metodo?.codigo
    const acuerdo = { comprador, metodos, cotizacion, total: acordado, idioma, metodoPago }
    const comprada = cestaActual()
    const encargo = encargoDe(huellaDe(comprada, escrito), {
      pedido: pedidoDe(comprada, escrito, acuerdo),
      ...(deInvitado ? { invitado: invitadoDe(escrito) } : {}),
    })
    const nuevo = await enviarEncargo(comprada, encargo)
    if (nuevo.tipo === 'hecho') {
      const guardar = escrito.guardar === 'si' && !guardadaElegida(escrito, comprador)
      const { metodo } = nuevo.pedido.pago
      const elegido = pago.formas.metodos.find(({ codigo }) => codigo === metodo)
      const fuera = elegido !== undefined && seVaAPagar(elegido)
      return await despues(nuevo.pedido, { guardar, seVaAPagar: fuera })
    }
    if (nuevo.tipo === 'cupon') cambiar({ ...escrito, cupon: '' })
    if (nuevo.tipo !== 'incierto') oferta.olvidar()
    setResultado(nuevo)
  }

  const formulario = useFormulario({
    controlDe,
    descubrir: (control) => {
      const numero = Number(control.closest<HTMLElement>('[data-paso]')?.dataset['paso'])
      if (numero > 0) void irA(numero)
    },
    explicar: porCodigo({
      'envio-no-disponible': { campo: 'metodo', mensaje: t.compra.metodoNoLlega },
      'metodo-pago-no-disponible': { campo: 'metodoPago', mensaje: tPago.noDisponible },
      ...(deInvitado ? { 'no-autenticado': { mensaje: t.compra.invitadoCaducado } } : {}),
    }),
    async enviar(formData) {
      const escrito = borradorDe(formData, datos)
      const hechos = paso === undefined ? [1, 2] : [paso]
      for (const numero of hechos) comprobar(numero, escrito, formData)
      if (paso !== undefined && paso < ultimoPaso) return void (await irA(paso + 1))
      await pedir(escrito)
    },
  })
  useAlCambiarDePaso(paso, caja)
  return (
    <Page title={t.compra.titulo}>
      {paso !== undefined && <Pasos actual={paso} />}
      <FormularioLibre
        de={formulario}
        ref={caja}
        onChange={({ currentTarget, target }) => {
          const campo = target instanceof HTMLInputElement ? target.name : ''
          cambiar(trasCambio(new FormData(currentTarget), datos, campo))
        }}
        className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-8"
      >
        <div className="flex min-w-0 flex-col gap-6">
          <Paso numero={1} actual={paso}>
            {deInvitado && <Contacto inicial={inicial} />}
            <Entrega
              {...{ comprador, metodos, inicial, datos, metodo, moneda }}
              ofrecidos={oferta.ofrecidos}
            />
          </Paso>
          <Paso numero={2} actual={paso}>
            <Factura datos={datos} comprador={comprador} />
            <Seccion titulo={t.compra.masCosas}>
              <div className="flex flex-col gap-4">
                <Cupon
                  key={deInvitado ? 'invitado' : 'cuenta'}
                  puesto={cupon}
                  vale={cupon !== '' && cotizacion?.cupon === cupon}
                  error={errorCupon}
                  onChange={(codigo) => cambiar({ ...datos, cupon: codigo })}
                />
                <CampoLargo
                  label={t.compra.notas}
                  name="notas"
                  defaultValue={inicial.notas}
                  placeholder={t.compra.notasEjemplo}
                  maxLength={notasMaximo}
                />
              </div>
            </Seccion>
          </Paso>
          {(paso ?? ultimoPaso) === ultimoPaso && (
            <FormaDePago formas={pago.formas} elegida={pago.metodo?.codigo} />
          )}
          {paso === ultimoPaso && <Repaso {...{ datos, comprador, metodos, cotizacion }} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-24 lg:h-fit">
          <Lado
            {...{ cesta, oferta, resultado, pago }}
            enviando={formulario.enviando}
            sigue={paso !== undefined && paso < ultimoPaso}
          />
          <ErrorGeneral />
        </div>
      </FormularioLibre>
    </Page>
  )
}

/** Whoever comes to another step begins at its first mistake, or at its beginning. */
function useAlCambiarDePaso(
  paso: number | undefined,
  caja: React.RefObject<HTMLFormElement | null>,
): void {
  const previo = useRef(paso)
  useEffect(() => {
    if (previo.current === paso) return
    previo.current = paso
    const visible = (uno: Element) => uno.closest('[hidden]') === null
    const mal = [...(caja.current?.querySelectorAll<HTMLElement>('[aria-invalid]') ?? [])]
    const primero = mal.find(visible) ?? document.querySelector('main')
    primero?.focus({ preventScroll: primero === document.querySelector('main') })
  }, [paso, caja])
}
