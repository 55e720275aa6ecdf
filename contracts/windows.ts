/**
 * Minutes of a window of event time: rides are counted per zone and window, and windows begin at midnight, wall-clock time. The batch counts by
 * the hour, and both must agree.
 */
export const WINDOW_MINUTES = 60;

/**
 * Minutes for which a window takes late rides after its end, by the event times that were seen in its partition; then its result is final. For
 * as long an event id is remembered, beside the window itself: what comes twice is counted once.
 */
export const GRACE_MINUTES = 120;

/** Both, for programs in other languages. */
export const windowsJson = () => ({ windowMinutes: WINDOW_MINUTES, graceMinutes: GRACE_MINUTES });
