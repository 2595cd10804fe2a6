package sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** A cluster behind TLS, with a private certificate authority that its configuration names. */
@ExtendWith(SandboxExtension.class)
class SecureClusterIT {

    @Test
    void aFileBecomesRowsOverTls(Sandbox sandbox) {
        // Given
        Ingestion ingestion =
                new Ingestion(sandbox, "secure_load").define(new DefinitionText("secure_load").cluster("secure"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 12));

        // Then
        ingestion.awaitAvailable();
        assertThat(ingestion.rows()).isEqualTo(12);
        assertThat(sandbox.secureDruid().requests()).isPositive();
    }
}
