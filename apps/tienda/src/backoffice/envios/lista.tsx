import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { problemaDe } from '../../api.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useLengua, useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { DownIcon, UpIcon } from '../ui/icons.tsx'
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
  const textos = useTextos()
  const consultas = useQueryClient()
  const { nombre, activo } = metodo
  const indice = metodos.indexOf(metodo)
  const cambio = useMutation({
    mutationFn: (hacer: () => Promise<void>) => hacer(),
    onError(error) {
      const ajeno = problemaDe(error)?.codigo === 'version-distinta'
      toast(ajeno ? t.seAdelanto : textoDeFallo(textos, error), { tone: 'bad' })
    },
  })
  const hacer = (que: () => Promise<void>) => !cambio.isPending && cambio.mutate(que)
  const mover = (lugares: number) =>
    hacer(() => reordenar(consultas, reordenados(metodos, indice, lugares)))
  return (
    <div className="relative z-10 flex items-center gap-1">
      <IconButton
        label={t.subir(nombre)}
        aria-disabled={indice === 0}
        className="aria-disabled:opacity-40"
        onClick={() => indice > 0 && mover(-1)}
      >
        <UpIcon />
      </IconButton>
      <IconButton
        label={t.bajar(nombre)}
        aria-disabled={indice === metodos.length - 1}
        className="aria-disabled:opacity-40"
        onClick={() => indice < metodos.length - 1 && mover(1)}
      >
        <DownIcon />
      </IconButton>
      <Button
        look="secondary"
        size="small"
        busy={cambio.isPending}
        aria-label={activo ? t.apagar(nombre) : t.encender(nombre)}
        onClick={() => hacer(() => cambiarMetodo(consultas, metodo, { activo: !activo }))}
      >
        {activo ? t.alApagar : t.alEncender}
      </Button>
    </div>
  )
}
