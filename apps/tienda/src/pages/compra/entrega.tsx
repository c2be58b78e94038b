import type { Cotizacion, MetodoEnvio } from '@encargo/client'
import { CampoOpciones, Casilla } from '../../formularios/campos.tsx'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import type { Borrador } from './borrador.ts'
import { CamposEnvio } from './campos-envio.tsx'
import { Seccion } from './seccion.tsx'
import { type Comprador, conDestinatario, entregaDe, guardadaElegida } from './trato.ts'

interface EntregaProps {
  readonly comprador: Comprador
  readonly metodos: readonly MetodoEnvio[]
  readonly inicial: Borrador
  readonly datos: Borrador
  /** What gets it there, for how much; undefined as long as that is not known. */
  readonly ofrecidos: Cotizacion['metodosEnvio'] | undefined
  readonly metodo: string | undefined
  readonly moneda: string
}

/** How the shopper gets it: sent to an address, or fetched. */
export function Entrega(props: EntregaProps) {
  const { comprador, metodos, inicial, datos } = props
  const t = useTextos()
  const entrega = entregaDe(datos, metodos)
  const ambas = new Set(metodos.map(({ tipo }) => tipo)).size > 1
  const retiro = entrega === 'retiro'
  const guardada = guardadaElegida(datos, comprador)
  const conGuardadas = comprador.tipo === 'cuenta' && comprador.direcciones.length > 0
  return (
    <Seccion titulo={retiro || ambas ? t.compra.entrega : t.compra.envio}>
      <div className="flex flex-col gap-5">
        {ambas && (
          <CampoOpciones
            legend={t.compra.comoLoQuieres}
            name="entrega"
            value={entrega}
            className="sm:grid-cols-2"
            opciones={[
              { valor: 'domicilio', texto: t.compra.aDomicilio },
              { valor: 'retiro', texto: t.compra.enTienda },
            ]}
          />
        )}
        <div hidden={retiro} className="flex flex-col gap-5">
          {conGuardadas && <Guardadas {...{ comprador }} elegida={guardada?.id ?? 'otra'} />}
          <div hidden={guardada !== undefined} className="flex flex-col gap-4">
            <CamposEnvio inicial={datos} conNombre={conDestinatario(datos, comprador)} />
            {comprador.tipo === 'invitado' ? (
              <Casilla
                name="paraOtro"
                texto={t.compra.paraOtro}
                inicial={inicial.paraOtro === 'si'}
              />
            ) : (
              <Casilla name="guardar" texto={t.compra.guardar} inicial={inicial.guardar === 'si'} />
            )}
          </div>
        </div>
        {metodos.length > 0 && <Metodos {...props} retiro={retiro} />}
      </div>
    </Seccion>
  )
}

interface GuardadasProps {
  readonly comprador: Extract<Comprador, { tipo: 'cuenta' }>
  readonly elegida: string
}

function Guardadas({ comprador, elegida }: GuardadasProps) {
  const t = useTextos()
  const opciones = comprador.direcciones.map(({ id, alias, nombre, calle, ciudad, pais }) => ({
    valor: id,
    texto: alias ?? calle,
    detalle: [nombre, ...(alias === undefined ? [] : [calle]), ciudad, pais].join(', '),
  }))
  return (
    <CampoOpciones
      legend={t.compra.tusDirecciones}
      name="direccion"
      value={elegida}
      className="sm:grid-cols-2"
      opciones={[...opciones, { valor: 'otra', texto: t.compra.otraDireccion }]}
    />
  )
}

function Metodos(props: EntregaProps & { readonly retiro: boolean }) {
  const { metodos, ofrecidos, metodo, moneda, retiro } = props
  const t = useTextos()
  const { dinero } = useFormato()
  if (ofrecidos === undefined) return <p className="text-suave">{t.cargando}</p>
  if (ofrecidos.length === 0) {
    return (
      <Notice tone="warning" title={t.compra.nadieLlega}>
        {t.compra.nadieLlegaTexto}
      </Notice>
    )
  }
  const instrucciones = new Map(metodos.map((uno) => [uno.codigo, uno.instrucciones]))
  return (
    <CampoOpciones
      legend={retiro ? t.compra.dondeRetirar : t.compra.comoEnviar}
      name="metodo"
      value={metodo}
      opciones={ofrecidos.map(({ codigo, nombre, precio, plazoDias }) => ({
        valor: codigo,
        texto: `${nombre} · ${precio === 0 ? t.compra.gratis : dinero(precio, moneda)}`,
        detalle: [plazoDias === null ? null : t.compra.plazo(plazoDias), instrucciones.get(codigo)]
          .filter(Boolean)
          .join(' · '),
      }))}
    />
  )
}
