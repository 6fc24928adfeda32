import { useNetwork } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useLiveState } from '../live/live-events.ts';

/** A stream that comes back sooner was only handed on, as proxies do. */
const GRACE_MS = 3_000;

/** Whether the service is out of reach: for longer than a moment, or because this computer has no network. */
export function useIsOffline(): boolean {
  const { online } = useNetwork();
  const isCut = useLiveState() === 'offline';
  const [wasCutLong, setCutLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setCutLong(isCut), isCut ? GRACE_MS : 0);
    return () => clearTimeout(timer);
  }, [isCut]);
  return !online || (isCut && wasCutLong);
}
