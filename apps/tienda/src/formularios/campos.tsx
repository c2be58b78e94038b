import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react'
import { useTextos } from '../textos/idioma.ts'
import { Notice } from '../ui/badge.tsx'
import { Button, type ButtonLook, type ButtonSize } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Field, type FieldProps, Select, TextArea, type TextAreaProps } from '../ui/field.tsx'
import type { Formulario as Estado } from './formulario.ts'

const Contexto = createContext<Pick<Estado, 'errores' | 'general'>>({
  errores: {},
  general: undefined,
})

interface LibreProps extends ComponentProps<'form'> {
  readonly de: Estado
}

/** A form that places its parts itself: whatever is in it knows what is wrong with it. */
export const FormularioLibre = ({ de, children, ...props }: LibreProps) => (
  <form {...de.props} {...props}>
    <Contexto value={de}>{children}</Contexto>
  </form>
)

/** What is wrong with all of a form. Always in the page, so that what appears in it is read out. */
export function ErrorGeneral() {
  const { general } = useContext(Contexto)
  return (
    <div aria-live="assertive" className="empty:-mb-4">
      {general !== undefined && <Notice tone="bad">{general}</Notice>}
    </div>
  )
}

interface FormularioProps {
  readonly de: Estado
  /** What the button says that sends it. */
  readonly boton: string
  readonly look?: ButtonLook
  readonly size?: ButtonSize
  /** Beside the button that sends it, before it. */
  readonly acciones?: ReactNode
  /** One begins at the button that sends it. */
  readonly autoFocus?: boolean
  readonly className?: string
  /** Something in it is no longer as it was. */
  readonly onChange?: () => void
  readonly children: ReactNode
}

/** A form of fields below each other: what is wrong with all of it, the fields, the button. */
export function Formulario(props: FormularioProps) {
  const {
    de,
    boton,
    look = 'primary',
    size = 'normal',
    acciones,
    autoFocus = false,
    className,
    onChange,
    children,
  } = props
  const enviar = (
    <Button
      type="submit"
      busy={de.enviando}
      look={look}
      size={size}
      autoFocus={autoFocus}
      className={size === 'large' ? undefined : 'self-start'}
    >
      {boton}
    </Button>
  )
  return (
    <FormularioLibre
      de={de}
      onChange={onChange}
      className={classNames('flex flex-col gap-4', className)}
    >
      <ErrorGeneral />
      {children}
      {acciones === undefined ? (
        enviar
      ) : (
        <div className="flex flex-wrap justify-end gap-3">
          {acciones}
          {enviar}
        </div>
      )}
    </FormularioLibre>
  )
}

interface ConNombre {
  /** The service's name of it, by which its mistakes are told. */
  readonly name: string
  /** Without it, the label says that the field need not be filled in. */
  readonly required?: boolean | undefined
}

/** What every field of a `Formulario` has by itself. */
function useCampo({ name, required = false }: ConNombre) {
  const t = useTextos()
  const error = useContext(Contexto).errores[name]
  return { error, ...(required ? {} : { optional: t.opcional }) }
}

export const Campo = (props: FieldProps & ConNombre) => <Field {...useCampo(props)} {...props} />

export const CampoLargo = (props: TextAreaProps & ConNombre) => (
  <TextArea {...useCampo(props)} {...props} />
)

export const CampoLista = (props: ComponentProps<typeof Select> & ConNombre) => (
  <Select {...useCampo(props)} {...props} />
)

interface Opcion {
  readonly valor: string
  readonly texto: string
  readonly detalle?: ReactNode
}

interface OpcionesProps {
  readonly legend: string
  readonly name: string
  readonly opciones: readonly Opcion[]
  readonly defaultValue?: string
  /** Which one is chosen, where the form does not keep that itself. */
  readonly value?: string | undefined
  readonly onChange?: (valor: string) => void
  readonly className?: string
}

/** One of a few, all in sight. */
export function CampoOpciones(props: OpcionesProps) {
  const { legend, name, opciones, defaultValue, onChange, className } = props
  const elegida = (valor: string) =>
    'value' in props
      ? { checked: valor === props.value }
      : { defaultChecked: valor === defaultValue }
  const error = useContext(Contexto).errores[name]
  const id = useId()
  return (
    <fieldset {...(error === undefined ? {} : { 'aria-describedby': id })}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className={classNames('grid gap-2', className)}>
        {opciones.map(({ valor, texto, detalle }) => (
          <label key={valor} className={opcion}>
            <input
              type="radio"
              name={name}
              value={valor}
              required
              {...elegida(valor)}
              className="accent-acento mt-1 size-4 shrink-0"
              onChange={() => onChange?.(valor)}
            />
            <span className="min-w-0">
              <span className="block font-medium">{texto}</span>
              {detalle !== undefined && <span className="text-suave block text-sm">{detalle}</span>}
            </span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={id} className="text-mal mt-1.5 text-sm font-medium">
          {error}
        </p>
      )}
    </fieldset>
  )
}

interface CasillaProps {
  readonly name: string
  readonly texto: string
  readonly detalle?: string
  readonly inicial: boolean
}

/** Something that one wants or not: `si`, or nothing. */
export const Casilla = ({ name, texto, detalle, inicial }: CasillaProps) => (
  <label className="flex min-h-11 cursor-pointer items-start gap-3 py-2">
    <input
      type="checkbox"
      name={name}
      value="si"
      defaultChecked={inicial}
      className="accent-acento mt-0.5 size-5 shrink-0"
    />
    <span className="min-w-0">
      <span className="block font-medium">{texto}</span>
      {detalle !== undefined && <span className="text-suave block text-sm">{detalle}</span>}
    </span>
  </label>
)

const opcion =
  'border-borde bg-papel has-checked:border-acento has-checked:bg-acento-tenue flex min-h-11 cursor-pointer gap-3 rounded-xl border px-3.5 py-2.5'
