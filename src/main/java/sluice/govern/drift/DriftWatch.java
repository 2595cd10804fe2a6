package sluice.govern.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;
import sluice.core.definition.Drift;
import sluice.core.spec.SamplerRequest;
import sluice.ingest.intake.ColumnCheck;
import sluice.ingest.submission.Sampler;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;

/**
 * Samples the newest files of a batch before it is planned. It uses Druid's sampler, so it reads every format as Druid
 * does.
 */
@ApplicationScoped
public class DriftWatch implements ColumnCheck {

    private static final Log LOG = Log.of(DriftWatch.class);
    private static final int OBJECTS = 3;
    private static final int ROWS = 200;
    private static final int TIMEOUT_MS = 10_000;

    private final Sampler sampler;
    private final ColumnMemory memory;
    private final Evolver evolver;
    private final DriftSettings settings;

    DriftWatch(Sampler sampler, ColumnMemory memory, Evolver evolver, DriftSettings settings) {
        this.sampler = sampler;
        this.memory = memory;
        this.evolver = evolver;
        this.settings = settings;
    }

    /** Compares without changing the definition or the memory of earlier files. */
    public List<Finding> compare(Definition definition, Batch batch, ObjectNode spec, DruidCluster cluster) {
        ObservedColumns now = observe(batch, spec, cluster);
        DeclaredColumns declared = DeclaredColumns.of(definition);
        return DriftFindings.of(
                drift(definition, declared, memory.recall(definition.datasource()), now, spec),
                definition.drift(),
                declared.isOpen());
    }

    /**
     * Compares and does what the definition says. With {@code evolve} it adds new columns to the definition. Unless the run
     * is refused, it remembers the columns.
     *
     * @param spec the spec that the definition makes of the batch
     * @throws DruidException if the cluster does not respond and drift could refuse the run or change the definition
     */
    @Override
    public Look look(Definition definition, Batch batch, ObjectNode spec, DruidCluster cluster) {
        ObservedColumns now;
        try {
            now = observe(batch, spec, cluster);
        } catch (DruidException exception) {
            if (exception.isTransient() && definition.drift() != Drift.WARN) {
                throw exception;
            }
            LOG.warn(
                    "Columns are not compared, the sampler does not respond",
                    "cluster",
                    cluster.name(),
                    "datasource",
                    definition.datasource(),
                    "reason",
                    exception.getMessage());
            return new Look(List.of(notChecked(exception)), Optional.empty());
        }
        ObservedColumns known = memory.recall(definition.datasource());
        // Memory first, then the definition: whoever evolves writes the new version before it remembers the columns.
        Optional<Definition> newer =
                definition.drift() == Drift.EVOLVE ? evolver.inForceInsteadOf(definition) : Optional.empty();
        return newer.isPresent() ? new Look(List.of(), newer) : compared(definition, spec, known, now);
    }

    private Look compared(Definition definition, ObjectNode spec, ObservedColumns known, ObservedColumns now) {
        DeclaredColumns declared = DeclaredColumns.of(definition);
        List<ColumnDrift> drift = drift(definition, declared, known, now, spec);
        List<Finding> findings = new ArrayList<>(DriftFindings.of(drift, definition.drift(), declared.isOpen()));
        Optional<Definition> evolved = Optional.empty();
        ObservedColumns learnt = now;
        List<ColumnDrift.New> added = added(drift);
        if (definition.drift() == Drift.EVOLVE && !added.isEmpty() && !declared.isOpen()) {
            Optional<Finding> tooMany = tooMany(definition, added.size());
            if (tooMany.isPresent()) {
                findings.add(tooMany.get());
            } else {
                evolved = evolver.evolve(definition, added);
                if (evolved.isPresent()) {
                    findings.removeIf(finding -> finding.code().equals(DriftCode.NEW_COLUMN.code()));
                    findings.add(evolved(added));
                } else {
                    // Somebody else has changed the definition at the same moment, or it cannot evolve.
                    // A column that is remembered would never be added.
                    learnt = now.without(
                            added.stream().map(ColumnDrift.New::column).collect(Collectors.toSet()));
                }
            }
        }
        if (!Finding.anyError(findings)) {
            memory.learn(definition.datasource(), known, learnt);
        }
        return new Look(findings, evolved);
    }

    private static List<ColumnDrift> drift(
            Definition definition,
            DeclaredColumns declared,
            ObservedColumns known,
            ObservedColumns now,
            ObjectNode spec) {
        boolean isTabular = !spec.at("/spec/ioConfig/inputFormat/type").asText().equals("json");
        return DriftCheck.between(declared, known, now, isTabular);
    }

    private ObservedColumns observe(Batch batch, ObjectNode spec, DruidCluster cluster) {
        ObjectNode request = ObservedColumns.discovery(Objects.requireNonNull(
                SamplerRequest.of(spec, List.of("NONE"), ROWS, TIMEOUT_MS).get("NONE")));
        ObservedColumns all = ObservedColumns.NONE;
        for (InputObject object : newest(batch)) {
            ObjectNode one = request.deepCopy();
            one.withObject("/spec/ioConfig/inputSource")
                    .putArray("objects")
                    .addObject()
                    .put("bucket", object.bucket())
                    .put("path", object.key());
            all = all.and(ObservedColumns.of(sampler.sample(cluster, one, List.of(object))));
        }
        return all;
    }

    private static List<InputObject> newest(Batch batch) {
        return batch.objects().stream()
                .sorted(Comparator.comparing(InputObject::lastModified).reversed())
                .limit(OBJECTS)
                .toList();
    }

    private static List<ColumnDrift.New> added(List<ColumnDrift> drift) {
        return drift.stream()
                .filter(ColumnDrift.New.class::isInstance)
                .map(ColumnDrift.New.class::cast)
                .toList();
    }

    private static Finding notChecked(DruidException exception) {
        return DriftCode.NOT_CHECKED.finding(
                Severity.INFO, "/drift", "The columns were not compared: " + exception.getMessage(), null, null);
    }

    private Optional<Finding> tooMany(Definition definition, int count) {
        int already =
                definition.document().at("/schema/dimensionsSpec/dimensions").size();
        if (count > settings.maxNewColumns()) {
            return Optional.of(
                    DriftCode.NEW_COLUMN.finding(
                            Severity.ERROR,
                            "/schema/dimensionsSpec",
                            "The files have " + count + " new columns at once, more than Sluice adds by itself",
                            "at most " + settings.maxNewColumns() + " (SLUICE_DRIFT_MAX_NEW_COLUMNS)",
                            "check whether these files belong to this datasource, or apply a definition that names the columns"));
        }
        return already + count <= settings.maxColumns()
                ? Optional.empty()
                : Optional.of(DriftCode.NEW_COLUMN.finding(
                        Severity.ERROR,
                        "/schema/dimensionsSpec",
                        "With " + count + " new columns the definition would have " + (already + count)
                                + " dimensions, more than Sluice lets it grow to by itself",
                        "at most " + settings.maxColumns() + " (SLUICE_DRIFT_MAX_COLUMNS)",
                        "check whether names of columns carry values, such as dates or ids, or apply a definition that"
                                + " names the columns"));
    }

    private static Finding evolved(List<ColumnDrift.New> added) {
        return DriftCode.EVOLVED.finding(
                Severity.INFO,
                "/schema/dimensionsSpec/dimensions",
                "New columns were added to the definition: "
                        + String.join(
                                ", ",
                                added.stream()
                                        .map(column -> column.column() + " (" + column.kind() + ")")
                                        .toList()),
                null,
                "add them to the file that the definition is applied from");
    }
}
