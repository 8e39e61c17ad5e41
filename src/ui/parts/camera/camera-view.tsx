import { useCallback, useEffect, useRef, useState } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { CameraIcon } from '../icons.tsx';
import './camera-view.css';

/** Larger than any model's input, and supported by most built-in cameras. */
const WANTED: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 } };
const QUALITY = 0.95;

/**
 * Whether to take pictures in the page. Phones open their own camera app instead, which works
 * better.
 */
export function takesPicturesHere(): boolean {
  return (
    matchMedia('(hover: hover) and (pointer: fine)').matches &&
    typeof navigator.mediaDevices?.getUserMedia === 'function'
  );
}

type CameraProblem = 'cameraOff' | 'cameraDenied' | 'cameraMissing' | 'cameraBusy' | 'cameraFailed';

interface CameraViewProps {
  onPicture: (picture: Blob) => void;
  onClose: () => void;
}

/** Camera preview with a shutter button. Turns the camera off on unmount. */
export function CameraView({ onPicture, onClose }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const take = useRef<HTMLButtonElement>(null);
  const [seeing, setSeeing] = useState(false);
  const [failed, setFailed] = useState<CameraProblem | null>(null);

  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    const off = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false }).then(
      (opened) => {
        stream = opened;
        // Closed while the browser asked for permission.
        if (gone) off();
        else if (video.current) video.current.srcObject = opened;
        for (const track of opened.getTracks()) {
          track.addEventListener('ended', () => setFailed('cameraOff'));
        }
      },
      (thrown: unknown) => {
        if (!gone) setFailed(cameraProblem(thrown));
      },
    );
    return () => {
      gone = true;
      off();
    };
  }, []);
  useEffect(() => {
    if (seeing) take.current?.focus();
  }, [seeing]);

  const onTake = useCallback(async () => {
    const from = video.current;
    if (!from || from.videoWidth === 0) return;
    const canvas = new OffscreenCanvas(from.videoWidth, from.videoHeight);
    canvas.getContext('2d')?.drawImage(from, 0, 0);
    onPicture(await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY }));
  }, [onPicture]);

  return (
    <section className="camera" aria-label={t('faces.camera')}>
      {failed === null ? (
        // Mirrored, as people expect; the picture taken is not.
        <video
          ref={video}
          className="camera-view"
          autoPlay
          muted
          playsInline
          aria-label={t('faces.cameraView')}
          onPlaying={() => setSeeing(true)}
        />
      ) : (
        <p role="alert">{t(`faces.${failed}`)}</p>
      )}
      <div className="camera-buttons">
        {failed === null && (
          <Button ref={take} look="primary" disabled={!seeing} onClick={() => void onTake()}>
            <CameraIcon /> {t('faces.takePhoto')}
          </Button>
        )}
        <Button onClick={onClose}>{t(failed === null ? 'common.cancel' : 'common.close')}</Button>
      </div>
    </section>
  );
}

/** Maps a camera error to the message that says what to do about it. */
function cameraProblem(thrown: unknown): CameraProblem {
  switch (thrown instanceof DOMException ? thrown.name : '') {
    case 'NotAllowedError':
      return 'cameraDenied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'cameraMissing';
    case 'NotReadableError':
      return 'cameraBusy';
    default:
      return 'cameraFailed';
  }
}
