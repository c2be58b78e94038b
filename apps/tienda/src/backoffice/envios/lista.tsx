import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { LugarYEncendido } from '../ui/lugar-y-encendido.tsx'
import { cambiarMetodo, type Metodo, reordenados, reordenar } from './datos.ts'
import { useTextosEnvios } from './textos.ts'

interface ListaProps {
  readonly metodos: readonly Metodo[]
  /** They can be put in another order, turned on and off. */
  readonly conCambios: boolean
}

/** The methods in the shop's order. */
export function ListaMetodos({ metodos, conCambios }: ListaProps) {
  const t = useTextosEnvios()
  const columnas: readonly Column<Metodo>[] = [
    { head: t.metodo, main: true, cell: (metodo) => <Nombre {...{ metodo, conCambios }} /> },
    { head: t.precio, cell: (metodo) => <Precio metodo={metodo} /> },
    { head: t.zonas, cell: (metodo) => <Zonas metodo={metodo} /> },
    {
      head: t.estado,
      cell: ({ activo }) => (
        <Badge tone={activo ? 'good' : 'neutral'}>{activo ? t.encendido : t.apagado}</Badge>
      ),
    },
  ]
  const acciones: Column<Metodo> = {
    head: t.acciones,
    bare: true,
    cell: (metodo) => <Acciones {...{ metodo, metodos }} />,
  }
  return (
    <DataTable
      caption={t.tabla}
      columns={conCambios ? [...columnas, acciones] : columnas}
      rows={metodos}
      rowKey={({ codigo }) => codigo}
    />
  )
}

function Nombre({ metodo, conCambios }: { readonly metodo: Metodo; readonly conCambios: boolean }) {
  const t = useTextosEnvios()
  const { nombre, codigo, tipo } = metodo
  return (
    <>
      {conCambios ? (
        <Link
          to="/gestion/envios/$codigo"
          params={{ codigo }}
          aria-label={t.editar(nombre)}
          className={rowLink}
        >
          {nombre}
        </Link>
      ) : (
        nombre
      )}
      <span className="text-suave block text-sm font-normal">{`${t.tipos[tipo]} · ${codigo}`}</span>
    </>
  )
}

function Precio({ metodo: { tarifa, gratisDesde } }: { readonly metodo: Metodo }) {
  const t = useTextosEnvios()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  const dicho = (importe: number) => (importe === 0 ? t.gratis : dinero(importe, moneda))
  const precio =
    tarifa.tipo === 'fija'
      ? dicho(tarifa.precio)
      : t.desde(dicho(Math.min(...tarifa.tramos.map((uno) => uno.precio))))
  return (
    <span>
      <span className="cifra">{precio}</span>
      {gratisDesde !== null && (
        <span className="text-suave block text-sm">
          {t.gratisDesdeCuanto(dinero(gratisDesde, moneda))}
        </span>
      )}
    </span>
  )
}

function Zonas({ metodo: { tipo, zonas } }: { readonly metodo: Metodo }) {
  const t = useTextosEnvios()
  const { region } = useLengua()
  if (tipo === 'retiro') return <span className="text-suave">—</span>
  if (zonas.length === 0) return t.todas
  const nombres = new Intl.DisplayNames(region, { type: 'region' })
  const dichas = zonas.map(({ pais, provincias }) => {
    const nombre = nombres.of(pais) ?? pais
    return provincias ? t.provinciasDe(nombre, provincias.join(', ')) : nombre
  })
  return <span className="line-clamp-2 max-w-72">{dichas.join('; ')}</span>
}

interface AccionesProps {
  readonly metodo: Metodo
  readonly metodos: readonly Metodo[]
}

function Acciones({ metodo, metodos }: AccionesProps) {
  const t = useTextosEnvios()
  const consultas = useQueryClient()
  const indice = metodos.indexOf(metodo)
  return (
    <LugarYEncendido
      {...{ t, indice }}
      nombre={metodo.nombre}
      activo={metodo.activo}
      cuantos={metodos.length}
      mover={(lugares) => reordenar(consultas, reordenados(metodos, indice, lugares))}
      encender={(activo) => cambiarMetodo(consultas, metodo, { activo })}
    />
  )
}
