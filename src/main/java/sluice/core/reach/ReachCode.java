package sluice.core.reach;

import sluice.core.contract.Finding;

/** What a definition names and the environment does not allow. All of them are errors. */
public enum ReachCode {
    /** A bucket or prefix that {@code SLUICE_BUCKETS} does not give to the datasource. */
    BUCKET_NOT_ALLOWED("SLU-0201"),
    /** An address that Druid would open: a schema registry, a descriptor, an endpoint of tokens or of Kinesis. */
    ADDRESS_NOT_ALLOWED("SLU-0202"),
    /** Something that reads files or environment variables of Druid's servers. */
    LOCAL_READ_NOT_ALLOWED("SLU-0203"),
    /** A class that Druid would load, such as a login module. */
    CLASS_NOT_ALLOWED("SLU-0204"),
    /** A role of IAM that Druid would assume. */
    ROLE_NOT_ALLOWED("SLU-0205"),
    /** JavaScript, which runs inside of Druid. */
    JAVASCRIPT_NOT_ALLOWED("SLU-0206"),
    /** A regular expression that may take time without end on a short text. */
    REGEX_NOT_ALLOWED("SLU-0207"),
    /** A command that Druid's servers would run. */
    COMMAND_NOT_ALLOWED("SLU-0208");

    private final String code;

    ReachCode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    Finding finding(String pointer, String message, String expected) {
        return Finding.error(code, pointer, message, expected, null);
    }
}
