package org.gemel.control;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.gemel.control.agents.AgentHub;
import org.gemel.control.agents.JoinTokens;
import org.gemel.control.agents.SiteDevices;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.kept.CatalogueDevices;
import org.gemel.control.kept.GatheredConfigurations;
import org.gemel.control.runs.RunControls;
import org.gemel.control.runs.RunEngine;
import org.gemel.control.runs.RunJournal;
import org.gemel.control.runs.RunViews;
import org.gemel.control.runs.Workflows;
import org.gemel.control.site.DeviceCatalogue;
import org.gemel.control.status.ReplicationDoubt;
import org.gemel.control.status.StatusAssembler;
import org.gemel.control.steps.Catalogue;
import org.gemel.ledger.Ledger;
import org.gemel.wire.CertificateAuthority;
import org.gemel.wire.JoinToken;

/** The parts of a control point, put together on a ledger. */
public final class ControlParts implements AutoCloseable {
  private static final RunEngine.Patience PATIENCE =
      new RunEngine.Patience(
          Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(1), Thread::sleep);

  private final Changes changes = new Changes();
  private final AgentHub hub;
  private final JoinTokens joinTokens;
  private final DeviceCatalogue devices;
  private final RunEngine engine;
  private final Lookout lookout;
  private final ControlPointService controlPoint;

  private ControlParts(
      Clock clock, Ledger ledger, CertificateAuthority authority, Duration reportInterval) {
    devices = new DeviceCatalogue(ledger);
    hub =
        new AgentHub(
            clock,
            ledger.next("acting-epoch"),
            reportInterval,
            new GatheredConfigurations(clock, new CatalogueDevices(devices)),
            changes::happened);
    joinTokens =
        new JoinTokens(
            ledger, (id, secret) -> new JoinToken(id, secret, authority.fingerprint()).text());
    SiteDevices site = new SiteDevices(clock, devices, hub);
    ReplicationDoubt doubt = new ReplicationDoubt();
    lookout = new Lookout(site, doubt, changes::happened);
    RunJournal journal = new RunJournal(ledger, CrashPoint.fromSystemProperties());
    engine = new RunEngine(journal, site, hub, PATIENCE, Catalogue::step, changes::happened);
    Workflows workflows = Workflows.builtIn();
    controlPoint =
        new ControlPointService(
            new ControlPointService.Parts(
                site,
                devices,
                new Pairs(ledger),
                joinTokens,
                journal,
                new RunControls(journal, engine, workflows, site),
                new RunViews(engine),
                workflows,
                new StatusAssembler(
                    new StatusAssembler.DeviceStages() {
                      @Override
                      public Optional<String> stage(String device) {
                        return hub.stage(device);
                      }

                      @Override
                      public int pending(String device) {
                        return hub.pending(device);
                      }
                    },
                    doubt),
                hub::pending,
                new FolderHistories(site, hub),
                new DatabaseChecks(site, hub),
                new DatabasePreviews(site, hub),
                new Audit(ledger),
                changes));
  }

  /**
   * Puts the parts together; the acting epoch drawn here makes every earlier control point's orders
   * void.
   */
  public static ControlParts assemble(
      Clock clock, Ledger ledger, CertificateAuthority authority, Duration reportInterval) {
    return new ControlParts(clock, ledger, authority, reportInterval);
  }

  public AgentHub hub() {
    return hub;
  }

  public JoinTokens joinTokens() {
    return joinTokens;
  }

  public DeviceCatalogue devices() {
    return devices;
  }

  public ControlPoint controlPoint() {
    return controlPoint;
  }

  /** Goes on with what was under way when the last control point ended. */
  public void goOn() {
    lookout.start();
    engine.start();
  }

  @Override
  public void close() {
    lookout.close();
    engine.close();
    changes.close();
  }
}
