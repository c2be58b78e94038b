interface CuentaProps {
  readonly cuantos: string
  /** For those who hear it. */
  readonly texto: string
}

/** How much waits there. */
export const Cuenta = ({ cuantos, texto }: CuentaProps) => (
  <span className="bg-mal-tenue text-mal cifra ml-auto rounded-full px-2 text-sm">
    <span aria-hidden="true">{cuantos}</span>
    <span className="sr-only">{`(${texto})`}</span>
  </span>
)
