package sluice.platform.druid;

import sluice.core.json.RowQuotes;

/**
 * The sampler refused a request, or failed. Druid's words may quote rows of the sample, so the message goes without them:
 * it reaches logs, findings and events.
 */
public final class SampleException extends DruidException {

    private static final long serialVersionUID = 1L;

    private final String words;

    /** @param cause the failure in Druid's words */
    public SampleException(DruidException cause) {
        super(cause.code(), cause.cluster(), RowQuotes.cutSample(ownWords(cause)));
        this.words = String.valueOf(cause.getMessage());
        setStackTrace(cause.getStackTrace());
    }

    /** Returns what Druid says in full, for those who may see data. */
    public String withRows() {
        return words;
    }

    private static String ownWords(DruidException cause) {
        return String.valueOf(cause.getMessage()).replaceFirst("^cluster \\S+: ", "");
    }
}
