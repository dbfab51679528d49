import type { JourneyStep } from '../journey.js';
import type { TokenRules } from '../replay/token.js';
import type { AttemptNotes, Stage, Watch } from '../replay/watch.js';
import type { FailureReason } from '../result.js';
import type { TopologySpec } from '../scenario/types.js';
import { boundOf } from './bounds.js';
import { type Place, routeEnds, type StageKind, stageKinds } from './stages.js';

/** What is known of an upload whose journey is told. */
export interface Watched {
  readonly spec: TopologySpec;
  readonly watch: Watch;
  readonly issuesTokens: boolean;
  readonly tokens: TokenRules;
  /** The scenario's instant of one of the replay's. */
  readonly clock: (instant: number) => number;
  /** When the replay ended, on its own clock. */
  readonly over: number;
}

/** The steps of an upload in the order of their starts. */
export function stepsOf(watched: Watched): readonly JourneyStep[] {
  return new Story(watched).tell();
}

type Told = Pick<JourneyStep, 'action' | 'type' | 'phase' | 'from' | 'to'> &
  Partial<Pick<JourneyStep, 'bytes' | 'rate' | 'bound' | 'reason' | 'through' | 'parts' | 'attempt'>>;

/** Turns the notes of all attempts into steps, each from where the one before ended. */
class Story {
  private readonly steps: JourneyStep[] = [];
  private flow: JourneyStep['flow'];
  private server = 'server 1';
  /** The file is in storage; what is left is to tell the server. */
  private stored = false;
  /** The replay's instant at which the signed URL expires. */
  private tokenEnds: number | null = null;
  /** It may upload in parts, whose URLs it asks for. */
  private permitted = false;
  private notes!: AttemptNotes;

  constructor(private readonly watched: Watched) {
    this.flow = watched.issuesTokens ? 1 : null;
  }

  tell(): readonly JourneyStep[] {
    const { attempts } = this.watched.watch;
    for (const [i, notes] of attempts.entries()) {
      this.notes = notes;
      if (Number.isNaN(notes.began)) continue;
      if (i > 0) this.backOff(attempts[i - 1]!.ended, notes.began);
      this.beginAttempt();
      this.stages();
      this.refusal();
      this.cutOff();
      this.crash();
      this.outage();
      if (notes.reason === 'token-expired') this.permitted = false;
      this.interruption();
    }
    const last = attempts.at(-1);
    // It waits for its next attempt when the run ends, or its user gives up.
    if (last !== undefined && Number.isNaN(last.began)) {
      this.backOff(attempts.at(-2)!.ended, this.ended);
      this.interruption();
    }
    return this.steps.sort((a, b) => a.start - b.start);
  }

  private beginAttempt(): void {
    if (this.flow === null) return;
    const [first] = this.notes.stages;
    if (this.stored) this.flow = 4;
    else if (first?.verb === 'pickServer') this.flow = this.permitted ? 2 : 1;
    else this.flow = 3;
    if (this.flow === 1) this.tokenEnds = null;
  }

  /** The client's part ends while something else is going on. */
  private interruption(): void {
    const { reason, ended, outage } = this.notes;
    const action = reason === null ? undefined : interruptions[reason];
    // An outage has told how the connection broke.
    if (action === undefined || (outage !== null && reason === 'connection-lost')) return;
    const at = { type: 'note', phase: 'client', from: 'client', to: 'client' } as const;
    // Who gives up while waiting for the next attempt has not begun it.
    const attempt = Number.isNaN(this.notes.began) ? this.notes.number - 1 : this.notes.number;
    this.push(ended, ended, { ...at, action, reason, attempt }, false);
  }

  private backOff(from: number, to: number): void {
    this.add(from, to, { action: 'backOff', type: 'wait', phase: 'backOff', from: 'client', to: 'client' });
  }

  /** The end of the client's part in the attempt. */
  private get ended(): number {
    return Number.isNaN(this.notes.ended) ? this.watched.over : this.notes.ended;
  }

  /** From when on the client waits for nothing that the server does. */
  private get parted(): number {
    return this.notes.cutOff?.at ?? this.ended;
  }

  /** Where the topology's program stopped. */
  private get stopped(): number {
    const { refusal, crash, outage, endedAlone } = this.notes;
    const alone = Number.isNaN(endedAlone) ? this.parted : endedAlone;
    return Math.min(refusal?.at ?? alone, crash?.at ?? alone, outage ?? alone, Math.max(alone, this.ended));
  }

  private stages(): void {
    const { stages } = this.notes;
    const { stopped } = this;
    for (const [i, stage] of stages.entries()) {
      this.follow(stage);
      // A client that gives up while packets are on their way never comes to what follows them.
      if (stage.at > stopped) continue;
      const next = stages[i + 1]?.at ?? stopped;
      this.stage(stage, Math.min(next, stopped), next > stopped || i === stages.length - 1);
    }
  }

  /** Keeps account of where the flow stands. */
  private follow({ verb, about, at }: Stage): void {
    if (about?.startsWith('server ') && !(about in routeEnds)) this.server = about;
    if (verb === 'stored') this.stored = true;
    if (verb === 'receivePermission') this.permitted = true;
    if (verb === 'issueToken') this.tokenEnds = this.watched.tokens.validUntil(at);
    if (this.flow === null) return;
    if (verb === 'answer' && this.flow === 1) this.flow = 2;
    if (isContact(verb)) this.flow = this.turn(about!);
    if (verb === 'commit' || verb === 'stored') this.flow = 4;
  }

  /** Where the flow goes with a connection: to storage, or for URLs once more. */
  private turn(to: string): JourneyStep['flow'] {
    if (to === 'storage') return 3;
    return this.permitted && !this.stored ? 2 : this.flow;
  }

  private stage(stage: Stage, end: number, isLast: boolean): void {
    const kind = stageKinds[stage.verb];
    if (!this.isTold(stage, kind, end)) return;
    const [from, to, through] = this.ways(stage, kind);
    const { phase } = kind;
    // The first packet is all that reaches a server that is down.
    const isRefused =
      stage.verb === 'connect' &&
      isLast &&
      (this.notes.refusal?.reason === 'refused' || this.notes.refusal?.reason === 'storage-down');
    const type = isRefused ? 'request' : kind.type;
    const told: Told = {
      action: stage.verb,
      type,
      phase,
      from,
      to,
      through: through ? this.server : null,
      parts: stage.parts,
    };
    const aside = stage.verb === 'notifyFromStorage';
    if (type === 'bytes') {
      this.add(stage.at, end, { ...told, ...this.moved(stage, end, isLast, [from, to, through]) });
    } else {
      const bytes = stage.bytes === 0 && type !== 'note' ? null : stage.bytes;
      this.add(stage.at, end, { ...told, bytes }, aside);
    }
  }

  private isTold({ verb, at, bytes }: Stage, { always }: StageKind, end: number): boolean {
    const { server } = this.watched.spec;
    if (verb === 'reserveMemory') return server.onOutOfMemory === 'reject';
    if (verb === 'holdMemory') return bytes !== 0;
    return always || end > at;
  }

  private ways({ about }: Stage, { way }: StageKind): readonly [from: string, to: string, through: boolean] {
    const [from, to, through] = way === 'route' ? routeEnds[about!]! : ([...way, false] as const);
    const place = (name: Place) => (name === 'server' ? this.server : name === 'host' ? about! : name);
    return [place(from), place(to), through];
  }

  private moved(stage: Stage, end: number, isLast: boolean, way: readonly [string, string, boolean]) {
    const { watch, spec } = this.watched;
    const upload = watch.upload!;
    const { reason, ended, sent, refusal } = this.notes;
    const isCut = isLast && (reason !== null || Number.isNaN(ended)) && refusal === null;
    const partial = way[0] === 'client' && !Number.isNaN(ended) ? sent : null;
    const whole = stage.parts === null ? upload.size : stage.bytes;
    const bytes = isCut ? partial : whole;
    const seconds = end - stage.at;
    const rate = bytes !== null && seconds > 0 ? bytes / seconds : null;
    return {
      bytes,
      rate,
      bound: rate === null || isCut ? null : boundOf(rate, way, spec, upload, connectionsOf(stage)),
    };
  }

  private refusal(): void {
    const { refusal, relayed } = this.notes;
    if (refusal === null) return;
    const { reason, at, by } = refusal;
    const answer = (from: string, to: string): Told => ({
      action: 'refusal',
      type: 'response',
      phase: 'messages',
      from,
      to,
      reason,
    });
    if (relayed === null) {
      this.add(at, Math.max(at, this.ended), answer(by, 'client'));
      return;
    }
    const passedOn = Number.isNaN(relayed.at) ? this.ended : relayed.at;
    this.add(at, passedOn, answer('storage', relayed.server));
    if (passedOn < this.ended) this.add(passedOn, this.ended, answer(relayed.server, 'client'));
  }

  private cutOff(): void {
    const { cutOff } = this.notes;
    if (cutOff === null) return;
    const { at, reason } = cutOff;
    const told = { from: 'gateway', to: 'client', reason } as const;
    this.push(at, this.ended, { action: 'refusal', type: 'response', phase: 'messages', ...told }, false);
  }

  private crash(): void {
    const { crash, ended } = this.notes;
    if (crash === null) return;
    const { at, server, scheduled } = crash;
    const reason = 'server-crash';
    const told = { reason, type: 'note', phase: 'server', from: server, to: server } as const;
    this.add(at, at, { action: scheduled ? 'outage' : 'crash', ...told });
    if (at > ended) return;
    const broken = { reason, type: 'response', phase: 'messages', from: server, to: 'client' } as const;
    this.add(at, this.ended, { action: 'connectionLost', ...broken });
  }

  /** Storage goes down; a server in between hears of it first. */
  private outage(): void {
    const { outage: at, relayed, ended } = this.notes;
    if (at === null) return;
    const reason = 'connection-lost';
    const note = { reason, type: 'note', phase: 'storage', from: 'storage', to: 'storage' } as const;
    this.add(at, at, { action: 'outage', ...note });
    const broken = { reason, type: 'response', phase: 'messages' } as const;
    const told = (from: string, to: string): Told => ({ action: 'connectionLost', ...broken, from, to });
    if (relayed === null) {
      this.add(at, this.ended, told('storage', 'client'));
      return;
    }
    const passedOn = Number.isNaN(relayed.at) ? this.ended : relayed.at;
    this.add(at, passedOn, told('storage', relayed.server));
    if (at > ended || passedOn >= this.ended) return;
    this.add(passedOn, this.ended, { ...told(relayed.server, 'client'), action: 'refusal' });
  }

  /** Adds a step; what lies behind the end of the client's part is a step of its own, beside the way. */
  private add(from: number, to: number, told: Told, aside = false): void {
    const { parted } = this;
    const isBackOff = told.action === 'backOff';
    if (!isBackOff && !aside && from < parted && parted < to) {
      // How much of it moved on either side is not noted.
      this.push(
        from,
        parted,
        told.type === 'bytes' ? { ...told, bytes: null, rate: null, bound: null } : told,
        false,
      );
      this.push(parted, to, told, true);
    } else {
      this.push(from, to, told, aside || (!isBackOff && from >= parted && to > parted));
    }
  }

  private push(from: number, to: number, told: Told, aside: boolean): void {
    const { clock } = this.watched;
    const start = clock(from);
    const end = clock(to);
    const {
      action,
      type,
      phase,
      bytes = null,
      rate = null,
      bound = null,
      reason = null,
      parts = null,
    } = told;
    this.steps.push({
      action,
      type,
      phase,
      attempt: told.attempt ?? this.notes.number,
      flow: this.flow,
      from: told.from,
      to: told.to,
      through: told.through ?? null,
      start,
      end,
      duration: end - start,
      bytes,
      rate,
      bound,
      reason,
      parts,
      tokenLeft: this.tokenEnds === null ? null : this.tokenEnds - to,
      aside,
    });
  }
}

const isContact = (verb: Stage['verb']): boolean => verb === 'connect' || verb === 'reuseConnection';

/** Each part has one for itself. */
const connectionsOf = ({ parts }: Stage): number => (parts === null ? 1 : parts.last - parts.first + 1);

/** What the client's end of an attempt is called that came by itself. */
const interruptions: Partial<Record<FailureReason, string>> = {
  timeout: 'timeout',
  'connection-lost': 'connectionLost',
  abandoned: 'giveUp',
};
