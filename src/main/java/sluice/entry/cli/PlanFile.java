package sluice.entry.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.ApiResponse;

/**
 * A plan to be applied later, unchanged: {@code {version: 1, definitions: [{file, datasource, text, etag}]}}. It
 * contains only definitions that would change something.
 */
record PlanFile(int version, List<Planned> definitions) {

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One definition.
     *
     * @param etag the datasource's state that the plan is based on; null if it had no version
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Planned(String file, String datasource, String text, @Nullable String etag) {}

    /** @throws ApiException also if a datasource has got another version since it was planned */
    static PlanFile of(ApiClient api, List<FilePlan> plans) throws ApiException {
        List<Planned> definitions = new ArrayList<>();
        for (FilePlan plan : plans) {
            if (plan.plan().changes() == Changes.PRESENT) {
                String datasource = Objects.requireNonNull(plan.plan().datasource(), "a plan with changes names it");
                String etag = etag(api, datasource, plan.plan().activeVersion());
                definitions.add(
                        new Planned(plan.file().name(), datasource, plan.file().text(), etag));
            }
        }
        return new PlanFile(VERSION, definitions);
    }

    private static @Nullable String etag(ApiClient api, String datasource, @Nullable Integer planned)
            throws ApiException {
        try {
            ApiResponse active = api.call(ApiCall.get(ApiCall.path("definitions", datasource)));
            int number = active.body().path("number").asInt();
            if (planned == null || planned != number) {
                throw new IllegalArgumentException(
                        datasource + " got version " + number + " during planning: plan again; no plan was written");
            }
            return active.etag().orElseThrow();
        } catch (ApiException failed) {
            if (failed.isNotFound() && planned == null) {
                return null;
            }
            throw failed;
        }
    }

    /** @throws UsageException if the text is not a plan, or names a datasource twice */
    static PlanFile read(String text, String name) throws UsageException {
        PlanFile plan;
        try {
            plan = JSON.readValue(text, PlanFile.class);
        } catch (JsonProcessingException other) {
            throw new UsageException(name + " is not a plan from 'plan --out': " + other.getOriginalMessage());
        }
        if (plan.version != VERSION || plan.definitions == null) {
            throw new UsageException(name + " is a plan from another version of this program: plan again");
        }
        Set<String> datasources = new HashSet<>();
        for (Planned planned : plan.definitions) {
            if (!datasources.add(planned.datasource())) {
                throw new UsageException(name + " contains " + planned.datasource() + " twice");
            }
        }
        return plan;
    }

    String text() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Records of texts are JSON", impossible);
        }
    }
}
