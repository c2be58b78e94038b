import { useMutation } from '@tanstack/react-query'
import { problemaDe } from '../../api.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { DownIcon, UpIcon } from './icons.tsx'

interface Palabras {
  readonly subir: (nombre: string) => string
  readonly bajar: (nombre: string) => string
  readonly encender: (nombre: string) => string
  readonly apagar: (nombre: string) => string
  readonly alEncender: string
  readonly alApagar: string
  /** Somebody else was first. */
  readonly seAdelanto: string
}

interface LugarProps {
  readonly t: Palabras
  readonly nombre: string
  readonly activo: boolean
  /** Where it stands, among how many. */
  readonly indice: number
  readonly cuantos: number
  readonly mover: (lugares: -1 | 1) => Promise<void>
  readonly encender: (activo: boolean) => Promise<void>
}

/** Puts one of a list in another place, and turns it on or off: one change after the other. */
export function LugarYEncendido(props: LugarProps) {
  const { t, nombre, activo, indice, cuantos, mover, encender } = props
  const textos = useTextos()
  const cambio = useMutation({
    mutationFn: (hacer: () => Promise<void>) => hacer(),
    onError(error) {
      const ajeno = problemaDe(error)?.codigo === 'version-distinta'
      toast(ajeno ? t.seAdelanto : textoDeFallo(textos, error), { tone: 'bad' })
    },
  })
  const hacer = (que: () => Promise<void>) => !cambio.isPending && cambio.mutate(que)
  return (
    <div className="relative z-10 flex items-center gap-1">
      {([-1, 1] as const).map((lugares) => {
        const alFinal = indice + lugares < 0 || indice + lugares === cuantos
        return (
          <IconButton
            key={lugares}
            label={(lugares < 0 ? t.subir : t.bajar)(nombre)}
            aria-disabled={alFinal}
            className="aria-disabled:opacity-40"
            onClick={() => !alFinal && hacer(() => mover(lugares))}
          >
            {lugares < 0 ? <UpIcon /> : <DownIcon />}
          </IconButton>
        )
      })}
      <Button
        look="secondary"
        size="small"
        busy={cambio.isPending}
        aria-label={activo ? t.apagar(nombre) : t.encender(nombre)}
        onClick={() => hacer(() => encender(!activo))}
      >
        {activo ? t.alApagar : t.alEncender}
      </Button>
    </div>
  )
}
