const SECONDS = 0.25;

let context: AudioContext | undefined;

/** A short soft tone. Browsers keep silent until the person has used the page. */
export function beep(): void {
  context ??= new AudioContext();
  void context.resume();
  const tone = context.createOscillator();
  const volume = context.createGain();
  const start = context.currentTime;
  tone.frequency.setValueAtTime(660, start);
  tone.frequency.setValueAtTime(880, start + SECONDS / 2);
  volume.gain.setValueAtTime(0.15, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + SECONDS);
}
