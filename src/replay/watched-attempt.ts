import { Step } from '../kernel/process.js';
import type { Pool } from '../kernel/resources/pool.js';
import type { FailureReason } from '../result.js';
import type { Job, Route } from '../topologies/topology.js';
import { Attempt, type AttemptObserver } from './attempt.js';
import type { Context } from './context.js';
import type { Host, Path } from './host.js';
import { PartedAttempt } from './parted-attempt.js';
import type { Progress, Upload } from './upload.js';
import type { AttemptNotes, Stage, Verb, Watch } from './watch.js';
import { WatchedParts } from './watched-parts.js';

type WatchedClass = new (...given: [...ConstructorParameters<typeof Attempt>, watch: Watch]) => Attempt;

/** Attempts that note what they do as they do it. They do exactly what the others of their kind do. */
function watched(Base: typeof Attempt): WatchedClass {
  return class extends Base {
    private readonly notes: AttemptNotes;
    /** Null where the file goes as a whole. */
    private readonly watchedParts: WatchedParts | null;
    /** Stages that begin when round trips which are yet to be waited for have passed, and how many of them. */
    private deferred: { readonly stage: Stage; readonly after: number }[] = [];
    /** The same on the wire: how many half round trips are left when they begin. */
    private expected: { readonly stage: Stage; readonly left: number }[] = [];

    constructor(
      context: Context,
      upload: Upload,
      number: number,
      progress: Progress | null,
      observer: AttemptObserver,
      private readonly watch: Watch,
    ) {
      super(context, upload, number, progress, observer);
      this.notes = {
        number,
        began: Number.NaN,
        stages: [],
        refusal: null,
        relayed: null,
        cutOff: null,
        crash: null,
        outage: null,
        sent: 0,
        threads: [],
        ended: Number.NaN,
        reason: null,
        endedAlone: Number.NaN,
      };
      this.watchedParts = context.parted && new WatchedParts(context.parted.of(upload));
      watch.attempts.push(this.notes);
    }

    /** The attempt, with each verb noted before it acts. Its own stages call the attempt and stay unnoticed. */
    protected override get job(): Job {
      this.notes.began = this.simulation.now;
      return new Proxy<Job>(this, {
        get: (_, name) => {
          const member: unknown = Reflect.get(this, name, this);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]) => {
            this.note(name as Verb, args);
            return member.apply(this, args);
          };
        },
      });
    }

    private note(verb: Verb, args: readonly unknown[]): void {
      const goesOn = verb === 'connect' && this.isOpenTo(args[0] as Host);
      const about = args.map(nameOf).find(name => name !== null) ?? null;
      const stage: Stage = {
        verb: goesOn ? 'reuseConnection' : verb,
        at: this.simulation.now,
        about,
        bytes: verb === 'sign' ? null : (args.find(arg => typeof arg === 'number') ?? null),
        parts: null,
        ...this.watchedParts?.of(verb, about, args),
      };
      if (this.roundTrips === 0) this.notes.stages.push(stage);
      else this.deferred.push({ stage, after: this.roundTrips });
    }

    /** Round trips are waited for together with the message that follows them. */
    protected override sendTo(to: Host, bytes: number): Step {
      const { roundTrips, deferred } = this;
      const { now } = this.simulation;
      this.deferred = [];
      if (to.plain) {
        const rtt = this.rttTo(to);
        for (const { stage, after } of deferred) this.notes.stages.push({ ...stage, at: now + after * rtt });
        return super.sendTo(to, bytes);
      }
      this.expected = deferred.map(({ stage, after }) => ({ stage, left: 2 * (roundTrips - after) + 1 }));
      const step = super.sendTo(to, bytes);
      if (step === Step.ready) this.tripsLeft(0);
      return step;
    }

    override awaits(event: number): void {
      super.awaits(event);
      this.tripsLeft(this.context.wire.watchTrips(event, left => this.tripsLeft(left)));
    }

    /** So many half round trips are left on the wire. */
    private tripsLeft(left: number): void {
      const at = this.simulation.now;
      while (this.expected.length > 0 && this.expected[0]!.left >= left) {
        this.notes.stages.push({ ...this.expected.shift()!.stage, at });
      }
    }

    override dawdle(): Step {
      const { lateUse, attempts } = this.watch;
      const isFirst =
        attempts.flatMap(({ stages }) => stages).filter(({ verb }) => verb === 'dawdle').length === 1;
      return lateUse !== null && isFirst ? this.wait(lateUse) : super.dawdle();
    }

    protected override sendToGateway(path: Path): Step {
      const { now } = this.simulation;
      this.notes.stages.push({ verb: 'toGateway', at: now, about: path.name, bytes: null, parts: null });
      return super.sendToGateway(path);
    }

    override slowStart(route: Route): Step {
      // That of the connection to the gateway is no verb of the topology's program.
      if (route === this.context.hosts.toGateway) {
        const { now } = this.simulation;
        this.notes.stages.push({ verb: 'slowStart', at: now, about: route.name, bytes: null, parts: null });
      }
      return super.slowStart(route);
    }

    override cutOff(reason: FailureReason): void {
      this.notes.cutOff = { reason, at: this.simulation.now };
      super.cutOff(reason);
    }

    protected override fail(reason: FailureReason): Step {
      const by = reason === 'payload-too-large' ? 'gateway' : (this.peer?.name ?? 'storage');
      this.notes.refusal = { reason, at: this.simulation.now, by };
      return super.fail(reason);
    }

    protected override failThrough(reason: FailureReason): Step {
      const step = super.failThrough(reason);
      this.notes.refusal = { reason, at: this.simulation.now, by: 'storage' };
      this.notes.relayed = { server: this.at!.name, at: Number.NaN };
      return step;
    }

    protected override seized(pool: Pool): void {
      super.seized(pool);
      if (pool === this.at?.threads) this.notes.threads.push({ from: this.simulation.now, to: Number.NaN });
    }

    protected override giveBack(): void {
      const { now } = this.simulation;
      const thread = this.notes.threads.at(-1);
      if (this.at !== null && thread !== undefined && Number.isNaN(thread.to)) thread.to = now;
      const { relayed } = this.notes;
      if (relayed !== null && Number.isNaN(relayed.at)) relayed.at = now;
      super.giveBack();
      this.notes.sent = this.failedBytes;
    }

    override loseServer(): void {
      const { at } = this;
      this.notes.crash = { at: this.simulation.now, server: at?.name ?? '', scheduled: at?.struck ?? false };
      super.loseServer();
    }

    override loseStorage(): void {
      const { now } = this.simulation;
      this.notes.outage = now;
      if (this.at !== null) this.notes.relayed = { server: this.at.name, at: Number.NaN };
      super.loseStorage();
    }

    protected override completed(): void {
      if (this.clientGone) this.notes.endedAlone = this.simulation.now;
      else this.ended(null);
      super.completed();
    }

    protected override concluded(reason: FailureReason): void {
      this.ended(reason);
      super.concluded(reason);
    }

    protected override endedAlone(): void {
      this.notes.endedAlone = this.simulation.now;
      super.endedAlone();
    }

    override interrupt(reason: FailureReason): void {
      this.ended(reason);
      super.interrupt(reason);
    }

    override callOff(): void {
      this.ended('abandoned');
      super.callOff();
    }

    private ended(reason: FailureReason | null): void {
      this.notes.ended = this.simulation.now;
      this.notes.reason = reason;
    }
  };
}

export const WatchedAttempt = watched(Attempt);
export const WatchedPartedAttempt = watched(PartedAttempt);

function nameOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : null;
}
